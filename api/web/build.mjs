// Bundles each page's script and style into api/static/bundle, where the web process serves them.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = 'api/static/bundle';

rmSync(outdir, { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: ['api/web/viewer.js'],
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
  console.log(`  ${file}  ${Math.ceil(bytes / 1024)} kB`);
}

/** Folders of the packages that ended up inside, e.g. `node_modules/@bpmn-io/diagram-js-ui`. */
const packages = new Set(
  Object.keys(metafile.inputs)
    .map((file) => file.match(/^node_modules\/(@[^/]+\/)?[^/]+/)?.[0])
    .filter(Boolean),
);

// What is inside keeps its authors' terms, so these travel beside it.
const licences = [...packages].sort().flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /^licen[cs]e/i.test(name))
    .map((name) => `${folder.replace('node_modules/', '')}\n\n${readFileSync(`${folder}/${name}`, 'utf8')}`),
);
writeFileSync(`${outdir}/LICENSES.txt`, licences.join('\n\n----\n\n'));
