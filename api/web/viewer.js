/**
 * Draws a procedure's diagram inside each `[data-diagram-url]` and marks where the petition stands.
 *
 *   <figure data-diagram-url="/diagramas/…/petition.bpmn" data-current="classify answer"
 *           data-diagram-label="Procedimiento de la petición">
 *     <p>La petición está en: Clasificar, Responder.</p>
 *   </figure>
 *
 * What the page already says in words stays: it is what a screen reader and a browser without
 * JavaScript tell. The drawing only repeats it, so for them it is one picture with a name.
 */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import './viewer.css';

const CURRENT = 'diagram-current';
const FAILED = 'No se pudo dibujar el diagrama; lo que dice el texto sigue siendo válido.';

async function readDiagram(url) {
  const response = await fetch(url, { headers: { Accept: 'application/xml' } });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return response.text();
}

function makeRoom(place) {
  const room = document.createElement('div');
  room.className = 'diagram-canvas';
  place.prepend(room);
  return room;
}

function markCurrent(viewer, elements) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  elements.filter((id) => registry.get(id)).forEach((id) => canvas.addMarker(id, CURRENT));
}

/** One picture with a name; it keeps the focus that the keyboard needs to move it. */
function describe(drawing, label) {
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', label);
}

async function draw(place) {
  const xml = await readDiagram(place.dataset.diagramUrl);
  const room = makeRoom(place);
  try {
    const viewer = new NavigatedViewer({ container: room });
    await viewer.importXML(xml);
    viewer.get('canvas').zoom('fit-viewport', 'auto');
    markCurrent(viewer, (place.dataset.current ?? '').split(/\s+/).filter(Boolean));
    describe(room.querySelector('svg'), place.dataset.diagramLabel ?? 'Diagrama');
    place.dataset.drawn = 'yes';
  } catch (error) {
    room.remove();
    throw error;
  }
}

function tellFailure(place, error) {
  console.error(error);
  const note = document.createElement('p');
  note.className = 'diagram-failed';
  note.textContent = FAILED;
  place.append(note);
  place.dataset.drawn = 'no';
}

for (const place of document.querySelectorAll('[data-diagram-url]')) {
  draw(place).catch((error) => tellFailure(place, error));
}
