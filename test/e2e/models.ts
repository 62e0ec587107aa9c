/** Model files written afresh for each run: T, schedule and every variable name are drawn, so nothing can be hard-coded. */
import { seeded } from '../seeded';
import { makeBetas, type ScheduleConfig } from '../../core/math/schedules';

export interface RandomModel {
  fileName: string;
  className: string;
  code: string;
  schedule: ScheduleConfig;
  betas: Float64Array;
  /** The dotted names that hold β and ᾱ. */
  names: { beta: string; alphaBar: string };
}

const SYLLABLES = ['ka', 'lo', 'mi', 'ru', 'ten', 'vo', 'zu', 'pel', 'dra', 'si', 'no', 'bek'];

/** Any seed gives a model; the same seed the same. */
export function randomModel(seed: number): RandomModel {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const used = new Set<string>();
  const word = (): string => {
    const made = Array.from({ length: 3 }, () => SYLLABLES[below(SYLLABLES.length)]).join('');
    if (used.has(made)) return word();
    used.add(made);
    return made;
  };
  const T = 60 + below(180);
  const [total, beta, alpha, bar, cls, mix, noise, clean, back, cloud, time, net, guess, fresh] = Array.from({ length: 14 }, word);
  const className = cls[0].toUpperCase() + cls.slice(1);
  // Whatever T is, the sum of the betas makes ᾱ_T about e^−7, so that the start N(0, I) is right and the quality can be asserted.
  const endFor = (sum: number) => Math.round(((sum * (1 + 0.2 * random())) / T) * 1e4) / 1e4;
  const [linearEnd, scaledEnd] = [endFor(13), endFor(20)];
  const variants: { config: ScheduleConfig; lines: string[] }[] = [
    { config: { name: 'linear', T, betaStart: 2e-4, betaEnd: linearEnd }, lines: [`${beta} = torch.linspace(2e-4, ${linearEnd}, ${total})`] },
    { config: { name: 'scaled_linear', T, betaStart: 2e-4, betaEnd: scaledEnd }, lines: [`${beta} = torch.linspace(2e-4 ** 0.5, ${scaledEnd} ** 0.5, ${total}) ** 2`] },
    {
      config: { name: 'cosine', T },
      lines: [
        `grid = torch.linspace(0, ${total}, ${total} + 1, dtype=torch.float64)`,
        `curve = torch.cos((grid / ${total} + 0.008) / 1.008 * math.pi / 2) ** 2`,
        `${beta} = torch.clip(1 - curve[1:] / curve[:-1], 0, 0.999)`,
      ],
    },
  ];
  const { config, lines } = variants[below(variants.length)];
  const code = `import math

import torch
import torch.nn as nn


class ${className}(nn.Module):
    def __init__(self, ${net}, ${total}=${T}):
        super().__init__()
        self.${net} = ${net}
        self.${total} = ${total}
        ${lines.join('\n        ')}
        ${alpha} = 1.0 - ${beta}
        self.register_buffer("${beta}", ${beta})
        self.register_buffer("${alpha}", ${alpha})
        self.register_buffer("${bar}", torch.cumprod(${alpha}, dim=0))

    def ${mix}(self, ${clean}, ${time}, ${noise}):
        keep = self.${bar}[${time}].sqrt()
        return keep * ${clean} + (1 - self.${bar}[${time}]).sqrt() * ${noise}

    @torch.no_grad()
    def ${back}(self, count):
        ${cloud} = torch.randn(count, 2)
        for ${time} in reversed(range(self.${total})):
            ${guess} = self.${net}(${cloud}, ${time})
            ${fresh} = torch.randn_like(${cloud}) if ${time} > 0 else torch.zeros_like(${cloud})
            ${cloud} = (${cloud} - self.${beta}[${time}] / (1 - self.${bar}[${time}]).sqrt() * ${guess}) / self.${alpha}[${time}].sqrt()
            ${cloud} = ${cloud} + self.${beta}[${time}].sqrt() * ${fresh}
        return ${cloud}
`;
  return { fileName: `${word()}.py`, className, code, schedule: config, betas: makeBetas(config), names: { beta, alphaBar: bar } };
}
