// Bundles src/ into dist/, which the Rust build embeds and which is therefore committed.
//   node build.mjs           writes dist/
//   node build.mjs --check   builds elsewhere and fails if dist/ is not what the sources give
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
process.chdir(here);

/** Every file under a folder, sorted, relative to it. */
function files(folder, under = folder) {
  return readdirSync(under)
    .sort()
    .flatMap((name) => {
      const path = join(under, name);
      return statSync(path).isDirectory() ? files(folder, path) : [relative(folder, path)];
    });
}

/** The packages whose code is in the bundle, with their licences: what their terms ask us to pass on. */
function notices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  // Packages that ship prebuilt hold others' code, which the bundler does not see.
  const queue = [...folders];
  for (let folder; (folder = queue.pop()); ) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const nested = join(folder, 'node_modules', name);
      const path = existsSync(nested) ? nested : join('node_modules', name);
      if (!folders.has(path) && existsSync(path) && !name.startsWith('@types/')) {
        folders.add(path);
        queue.push(path);
      }
    }
  }
  const blocks = [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const licence = readdirSync(folder).sort().find((name) => /^licen[cs]e/i.test(name) && statSync(join(folder, name)).isFile());
    const text = licence ? readFileSync(join(folder, licence), 'utf8').replace(/\r/g, '').replace(/[ \t]+$/gm, '').trim() : 'The package has no file of its licence.';
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  return `The explorer holds code of these packages.\n\n${blocks.join(`\n${'-'.repeat(78)}\n\n`)}`;
}

/** YASR's column resizer writes a style element, which the page's policy forbids; the same rules go where scripts may put them. */
const strictStyles = {
  name: 'strict-styles',
  setup(builder) {
    builder.onLoad({ filter: /@zazuko\/yasr\/build\/yasr\.esm\.js$/ }, ({ path }) => {
      const before = /var (\w) = document\.createElement\("style"\);\s*\1\.type = "text\/css", \1\.gripid = (\w), .*?e\.appendChild\(\1\);/s;
      const source = readFileSync(path, 'utf8');
      if (!before.test(source)) throw new Error('YASR no longer writes the style element that strict-styles replaces: look again');
      return { contents: source.replace(before, 'var $1 = new CSSStyleSheet(); $1.replaceSync(n); document.adoptedStyleSheets.push($1);'), loader: 'js' };
    });
  },
};

async function bundle(out) {
  const result = await build({
    entryPoints: { app: 'src/main.tsx', style: 'src/style/index.css', sparql: 'src/style/sparql.css' },
    outdir: join(out, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: ['chrome120', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: { react: 'preact/compat' },
    loader: { '.svg': 'dataurl', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty' },
    legalComments: 'none',
    plugins: [strictStyles],
    metafile: true,
    logLevel: 'warning',
  });
  const entry = (source) => `/assets/${Object.entries(result.metafile.outputs).find(([, o]) => o.entryPoint === source)[0].split('/').pop()}`;
  const html = readFileSync('src/index.html', 'utf8')
    .replace('{{app}}', entry('src/main.tsx'))
    .replace('{{style}}', entry('src/style/index.css'))
    .replace('{{sparql}}', entry('src/style/sparql.css'));
  writeFileSync(join(out, 'index.html'), html);
  copyFileSync('src/favicon.svg', join(out, 'favicon.svg'));
  writeFileSync(join(out, 'THIRD-PARTY.txt'), notices(Object.keys(result.metafile.inputs)));
  return result.metafile;
}

const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'explorer-'));
  mkdirSync(join(fresh, 'assets'));
  await bundle(fresh);
  const names = new Set([...files(fresh), ...(existsSync(dist) ? files(dist) : [])]);
  const stale = [...names].filter((name) => !existsSync(join(dist, name)) || !existsSync(join(fresh, name)) || hash(join(dist, name)) !== hash(join(fresh, name)));
  rmSync(fresh, { recursive: true });
  if (stale.length) {
    console.error(`dist/ is not what the sources give; run \`npm run build\` in web/ and commit it:\n  ${stale.join('\n  ')}`);
    process.exit(1);
  }
  console.log('dist/ is current');
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'assets'), { recursive: true });
  const metafile = await bundle(dist);
  for (const name of files(dist)) {
    const bytes = readFileSync(join(dist, name));
    console.log(`${String(gzipSync(bytes).length).padStart(8)} B gzipped  ${name}`);
  }
  const first = Object.entries(metafile.outputs).filter(([, o]) => o.entryPoint === 'src/main.tsx' || o.entryPoint === 'src/style/index.css');
  let total = 0;
  const seen = new Set();
  const add = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    total += gzipSync(readFileSync(path)).length;
    for (const i of metafile.outputs[path].imports) if (i.kind === 'import-statement') add(i.path);
  };
  first.forEach(([path]) => add(path));
  console.log(`first page: ${total} B gzipped`);
  if (total > 150_000) {
    console.error('the first page is over 150 kB');
    process.exit(1);
  }
}
