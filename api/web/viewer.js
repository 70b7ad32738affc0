/**
 * Draws the diagrams of a procedure and marks where the petition stands.
 *
 *   <div data-diagrams data-choose="Diagrama" data-here="aquí está">
 *     <div data-diagram-url="/…/petition.bpmn" data-diagram-process="petition"
 *          data-diagram-title="Derecho de petición" data-diagram-label="Diagrama: Derecho de petición"
 *          data-current="Work" data-waiting="Escalate"></div>
 *     …
 *   </div>
 *
 * `data-current` are the elements at people's desks, `data-waiting` those that wait for anything else.
 * Of several diagrams one is shown: the first, until another is chosen in the list or its call is
 * pressed in the drawing. What the page already says in words stays: it is what a screen reader and a
 * browser without JavaScript tell. A drawing only repeats it, so for them it is one picture with a name.
 */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import './viewer.css';

const MARKS = { current: 'diagram-current', waiting: 'diagram-waiting' };
const OPENS = 'diagram-opens';
const FAILED = 'No se pudo dibujar el diagrama; lo que dice el texto sigue siendo válido.';
/** Below this scale nobody reads the names of a drawing. */
const READABLE = 0.7;
const BUTTONS = [
  ['Acercar', (viewer) => viewer.get('zoomScroll').stepZoom(2)],
  ['Alejar', (viewer) => viewer.get('zoomScroll').stepZoom(-2)],
  ['Ver todo', (viewer) => viewer.get('canvas').zoom('fit-viewport', 'auto')],
];

function make(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

async function readDiagram(url) {
  const response = await fetch(url, { headers: { Accept: 'application/xml' } });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return response.text();
}

function listedIds(text) {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

function mark(viewer, place) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  for (const [name, marker] of Object.entries(MARKS)) {
    listedIds(place.dataset[name])
      .filter((id) => registry.get(id))
      .forEach((id) => canvas.addMarker(id, marker));
  }
}

/** The whole drawing when it can be read whole; else the part of it where the petition stands. */
function frame(viewer, place) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  canvas.zoom('fit-viewport', 'auto');
  const here = [...listedIds(place.dataset.current), ...listedIds(place.dataset.waiting)].find((id) => registry.get(id));
  if (here && canvas.zoom() < READABLE) {
    canvas.zoom(READABLE);
    const { width, height } = canvas.getSize();
    canvas.scrollToElement(here, { top: height / 4, bottom: height / 4, left: width / 4, right: width / 4 });
  }
}

/** One picture with a name; it keeps the focus that the keyboard needs to move it. */
function describe(drawing, label) {
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', label);
}

function addButtons(room, viewer) {
  const buttons = BUTTONS.map(([name, press]) =>
    make('button', { type: 'button', className: 'second', textContent: name, onclick: () => press(viewer) }),
  );
  room.after(make('div', { className: 'diagram-buttons' }, buttons));
}

/** Pressing a call shows the diagram that it calls. */
function openCalls(viewer, choose) {
  const called = (element) => element.businessObject?.calledElement;
  const canvas = viewer.get('canvas');
  viewer
    .get('elementRegistry')
    .filter((element) => choose.has(called(element)))
    .forEach((element) => canvas.addMarker(element.id, OPENS));
  viewer.on('element.click', ({ element }) => choose.to(called(element)));
}

async function draw(place, choose) {
  const xml = await readDiagram(place.dataset.diagramUrl);
  const room = make('div', { className: 'diagram-canvas' });
  place.prepend(room);
  try {
    const viewer = new NavigatedViewer({ container: room });
    await viewer.importXML(xml);
    frame(viewer, place);
    mark(viewer, place);
    openCalls(viewer, choose);
    describe(room.querySelector('svg'), place.dataset.diagramLabel ?? 'Diagrama');
    addButtons(room, viewer);
    place.dataset.drawn = 'yes';
  } catch (error) {
    room.remove();
    throw error;
  }
}

function tellFailure(place, error) {
  console.error(error);
  place.append(make('p', { className: 'diagram-failed', textContent: FAILED }));
  place.dataset.drawn = 'no';
}

/** Draws a place once, when it is first in sight: a diagram fits itself to the room that it has. */
function show(place, choose) {
  if (!place.dataset.drawn) {
    place.dataset.drawn = 'soon';
    draw(place, choose).catch((error) => tellFailure(place, error));
  }
}

function titleOf(place, here) {
  const title = place.dataset.diagramTitle ?? place.dataset.diagramLabel;
  return place.dataset.current || place.dataset.waiting ? `${title} (${here})` : title;
}

function gather(group) {
  const places = [...group.querySelectorAll('[data-diagram-url]')];
  const byProcess = new Map(places.map((place) => [place.dataset.diagramProcess, place]));
  const list = make(
    'select',
    { id: 'diagram-list' },
    places.map((place, number) => make('option', { value: number, textContent: titleOf(place, group.dataset.here) })),
  );
  const choose = {
    has: (process) => places.length > 1 && byProcess.has(process),
    to: (process) => choose.has(process) && turnTo(byProcess.get(process)),
  };
  const turnTo = (chosen) => {
    places.forEach((place) => {
      place.hidden = place !== chosen;
    });
    list.value = String(places.indexOf(chosen));
    show(chosen, choose);
  };
  list.onchange = () => turnTo(places[Number(list.value)]);
  if (places.length > 1) {
    const label = make('label', { htmlFor: list.id, textContent: group.dataset.choose });
    group.prepend(make('div', { className: 'field diagram-choice' }, [label, list]));
  }
  if (places.length) {
    turnTo(places[0]);
  }
}

document.querySelectorAll('[data-diagrams]').forEach(gather);
