const MOST = 20_000;

/** `f`, whose results are kept by argument: names of a text are asked for again after every key, worlds by every mutant. */
export function remembered<K, R>(f: (key: K) => R): (key: K) => R {
  const known = new Map<K, R>();
  return (key) => {
    let result = known.get(key);
    if (result === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(key, (result = f(key)));
    }
    return result;
  };
}
