/** Imports of Python, as far as they can lead to a file beside the program. */
import type { Import, ModuleLanguage } from './modules';

const FROM = /^[ \t]*from[ \t]+([\w.]*)[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n#;]{1,500})/gm;
const IMPORT = /^[ \t]*import[ \t]+([\w., \t]{1,500})/gm;
/** No file of the user's is called so; asked for anew at each reading, they would only cost time. */
const LIBRARIES = new Set(['__future__', 'abc', 'absl', 'albumentations', 'argparse', 'ast', 'blobfile', 'bz2', 'click', 'collections', 'concurrent', 'contextlib', 'copy', 'csv', 'cv2', 'cupy', 'dataclasses', 'datasets', 'datetime', 'diffusers', 'distutils',
  'einops', 'enum', 'flax', 'functools', 'gc', 'gensim', 'glob', 'gym', 'gzip', 'h5py', 'haiku', 'hydra', 'imageio', 'inspect', 'io', 'IPython', 'itertools', 'jax', 'json', 'keras', 'lightning', 'logging', 'math', 'matplotlib', 'ml_collections', 'mpi4py',
  'multiprocessing', 'networkx', 'nltk', 'numba', 'numpy', 'omegaconf', 'optax', 'os', 'pandas', 'pathlib', 'pickle', 'PIL', 'plotly', 'pprint', 'pytorch_lightning', 'random', 're', 'requests', 'scipy', 'seaborn', 'shutil', 'signal', 'six', 'skimage',
  'sklearn', 'socket', 'sonnet', 'string', 'subprocess', 'sys', 'tempfile', 'tensorboard', 'tensorboardX', 'tensorflow', 'theano', 'threading', 'time', 'timeit', 'torch', 'torchaudio', 'torchtext', 'torchvision', 'tqdm', 'traceback', 'transformers',
  'types', 'typing', 'urllib', 'uuid', 'visdom', 'wandb', 'warnings', 'yaml', 'zipfile']);

function importsIn(text: string): Import[] {
  const out: Import[] = [];
  for (const [, module, list] of text.matchAll(FROM)) {
    if (isLibrary(module)) continue;
    const names = list.replace(/#[^\n]*/g, '').replace(/[()\\]/g, ' ').split(',').flatMap((part) => /^\s*(\w+|\*)/.exec(part)?.[1] ?? []);
    out.push({ module, names });
  }
  for (const [, list] of text.matchAll(IMPORT)) {
    for (const part of list.split(',')) {
      const module = /^\s*([\w.]+)/.exec(part)?.[1];
      if (module !== undefined && !isLibrary(module)) out.push({ module, names: null });
    }
  }
  return out;
}

/** No file of the user's. */
export function isLibrary(module: string): boolean {
  return LIBRARIES.has(rootOf(module));
}

function rootOf(module: string): string {
  const dot = module.indexOf('.');
  return dot < 0 ? module : module.slice(0, dot);
}

/** `models.vae` is `models/vae.py` or a package; one dot more leads one folder up. */
function filesOf(module: string): string[] {
  const [dots] = /^\.*/.exec(module)!;
  const rest = module.slice(dots.length).split('.').join('/');
  const up = '../'.repeat(Math.max(0, dots.length - 1));
  return rest === '' ? [`${up}__init__.py`] : [`${up}${rest}.py`, `${up}${rest}/__init__.py`];
}

export const PYTHON_MODULES: Omit<ModuleLanguage, 'read'> = {
  importsIn,
  filesOf,
  isRelative: (module) => module.startsWith('.'),
  isIndex: (file) => /(?:^|\/)__init__\.py$/.test(file),
  below: (module, name) => (module.endsWith('.') ? module + name : `${module}.${name}`),
  defaultOf: () => null,
};
