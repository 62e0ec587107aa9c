// dist/webview/words.<language>.json: all that the page says in another language than English, as one flat bundle.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the editor shows is said in the page as well: kinds, places, settings and evidence of a model. */
const editorBundle = (root, language) => path.join(root, `l10n/bundle.l10n.${language}.json`);

/** Files of a language whose texts the page shows. */
async function filesOf(root, language) {
  const folder = path.join(root, 'core/l10n', language);
  const inside = async (name) => (await readdir(path.join(folder, name))).filter((file) => file.endsWith('.json')).sort().map((file) => path.join(folder, name, file));
  return [editorBundle(root, language), ...(await inside('derivations')), ...(await inside('symbols')), ...['formulas.json', 'page.json', 'sources.json'].map((file) => path.join(folder, file))];
}

/** The bundle; a text that two files translate differently stops the build. */
export async function wordsOf(root, language) {
  const words = {};
  for (const file of await filesOf(root, language)) {
    for (const [english, said] of Object.entries(JSON.parse(await readFile(file, 'utf8')))) {
      if ((words[english] ?? said) !== said) throw new Error(`${path.relative(root, file)}: "${english}" is translated otherwise elsewhere: "${words[english]}".`);
      words[english] = said;
    }
  }
  return words;
}

export async function buildWords(root, out) {
  await mkdir(out, { recursive: true });
  const folders = await readdir(path.join(root, 'core/l10n'), { withFileTypes: true });
  for (const { name: language } of folders.filter((entry) => entry.isDirectory())) {
    await writeFile(path.join(out, `words.${language}.json`), JSON.stringify(await wordsOf(root, language)));
  }
}
