/** A long Python file as research code is: classes and functions that use each other, a trainer, a command line, and DDPMs among them. Deterministic. */
import { seeded } from '../seeded';

type Template = (n: number, pick: (list: readonly string[]) => string) => string;

const WORDS = ['image', 'token', 'audio', 'sensor', 'graph', 'patient', 'video', 'user', 'weather', 'protein'] as const;

const TEMPLATES: readonly Template[] = [
  (n, pick) => `class ${cap(pick(WORDS))}Dataset${n}(Dataset):
    """Examples of one split, read once and kept in memory."""

    def __init__(self, root, split="train", transform=None, limit=None):
        super().__init__()
        self.root = Path(root)
        self.split = split
        self.transform = transform
        self.items = []
        with open(self.root / f"{split}.csv") as file:
            reader = csv.DictReader(file)
            for i, row in enumerate(reader):
                if limit is not None and i >= limit:
                    break
                self.items.append((row["path"], int(row["label"])))
        logger.info("read %d items of %s", len(self.items), split)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        path, label = self.items[index]
        array = np.load(self.root / path).astype(np.float32)
        if self.transform is not None:
            array = self.transform(array)
        return torch.from_numpy(array), label
`,
  (n) => `class AttentionBlock${n}(nn.Module):
    def __init__(self, dim, heads=8, dropout=0.1, bias=True):
        super().__init__()
        assert dim % heads == 0, f"dim {dim} is no multiple of heads {heads}"
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.norm = nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim, bias=bias)
        self.proj = nn.Linear(dim, dim)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        b, n, d = x.shape
        h = self.norm(x)
        q, k, v = self.qkv(h).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-2, -1)) * self.scale
        if mask is not None:
            weights = weights.masked_fill(mask[:, None, None, :] == 0, float("-inf"))
        weights = self.drop(weights.softmax(dim=-1))
        out = (weights @ v).transpose(1, 2).reshape(b, n, d)
        return x + self.proj(out)
`,
  (n, pick) => `def ${pick(WORDS)}_metrics_${n}(predictions, targets, threshold=0.5, eps=1e-8):
    """Precision, recall and F1 over a batch of probabilities."""
    hard = (predictions > threshold).astype(np.int64)
    true_positive = ((hard == 1) & (targets == 1)).sum()
    false_positive = ((hard == 1) & (targets == 0)).sum()
    false_negative = ((hard == 0) & (targets == 1)).sum()
    precision = true_positive / (true_positive + false_positive + eps)
    recall = true_positive / (true_positive + false_negative + eps)
    f1 = 2 * precision * recall / (precision + recall + eps)
    result = {"precision": float(precision), "recall": float(recall), "f1": float(f1)}
    for name, value in sorted(result.items()):
        logger.debug("%s = %.4f", name, value)
    return result
`,
  (n) => `@dataclass
class RunConfig${n}:
    """Settings of one run; read from YAML and overridden on the command line."""

    name: str = "run${n}"
    seed: int = ${n}
    workers: int = 4
    log_every: int = 50
    checkpoint_every: int = 1000
    warmup: int = 500
    precision: str = "bf16"
    tags: List[str] = field(default_factory=list)

    @classmethod
    def from_yaml(cls, path):
        with open(path) as file:
            values = yaml.safe_load(file) or {}
        known = {f.name for f in fields(cls)}
        unknown = set(values) - known
        if unknown:
            raise ValueError(f"{path}: unknown settings {sorted(unknown)}")
        return cls(**values)

    def save(self, path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w") as file:
            yaml.safe_dump(asdict(self), file, sort_keys=True)
`,
  (n, pick) => `def augment_${pick(WORDS)}_${n}(x, rng, strength=0.3, flip=True):
    """Random flips, shifts and scaling of one example of shape (channels, height, width)."""
    channels, height, width = x.shape
    if flip and rng.random() < 0.5:
        x = x[:, :, ::-1]
    shift_y = int(rng.integers(-height // 8, height // 8 + 1))
    shift_x = int(rng.integers(-width // 8, width // 8 + 1))
    x = np.roll(x, (shift_y, shift_x), axis=(1, 2))
    gain = 1.0 + strength * rng.uniform(-1, 1, size=(channels, 1, 1))
    offset = strength * rng.uniform(-1, 1, size=(channels, 1, 1))
    x = np.clip(gain * x + offset, -1.0, 1.0)
    if rng.random() < strength:
        y = int(rng.integers(0, height - height // 4))
        x0 = int(rng.integers(0, width - width // 4))
        x[:, y:y + height // 4, x0:x0 + width // 4] = 0
    return np.ascontiguousarray(x)
`,
  (n) => `class ResidualTower${n}(nn.Module):
    def __init__(self, channels=64, depth=4, kernel=3):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, kernel, padding=kernel // 2)
        blocks = []
        for i in range(depth):
            blocks.append(nn.Sequential(
                nn.BatchNorm2d(channels), nn.ReLU(),
                nn.Conv2d(channels, channels, kernel, padding=kernel // 2),
                nn.BatchNorm2d(channels), nn.ReLU(),
                nn.Conv2d(channels, channels, kernel, padding=kernel // 2),
            ))
        self.blocks = nn.ModuleList(blocks)
        self.head = nn.Linear(channels, 10)
        self.apply(self.init_weights)

    @staticmethod
    def init_weights(module):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            std = math.sqrt(2.0 / module.weight[0].numel())
            nn.init.normal_(module.weight, std=std)
            if module.bias is not None:
                nn.init.zeros_(module.bias)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = x + block(x)
        return self.head(x.mean(dim=(2, 3)))
`,
  (n, pick) => `def load_${pick(WORDS)}_checkpoint_${n}(path, model, optimizer=None, strict=True):
    state = torch.load(path, map_location="cpu")
    missing, unexpected = model.load_state_dict(state["model"], strict=False)
    if strict and (missing or unexpected):
        raise RuntimeError(f"{path}: missing {missing}, unexpected {unexpected}")
    if optimizer is not None and "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])
    step = int(state.get("step", 0))
    logger.info("restored %s at step %d", path, step)
    return step


def warmup_cosine_${n}(step, total, warmup=500, floor=0.1):
    """Factor of the learning rate: linear warm-up, then half a cosine."""
    if step < warmup:
        return step / max(1, warmup)
    progress = (step - warmup) / max(1, total - warmup)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
`,
  (n) => `class RunningStatistics${n}:
    """Mean and variance of a stream, by Welford's method."""

    def __init__(self, size):
        self.count = 0
        self.mean = np.zeros(size)
        self.m2 = np.zeros(size)

    def update(self, values):
        for value in values:
            self.count += 1
            delta = value - self.mean
            self.mean += delta / self.count
            self.m2 += delta * (value - self.mean)

    @property
    def std(self):
        return np.sqrt(self.m2 / max(1, self.count - 1))

    def merge(self, other):
        total = self.count + other.count
        if total == 0:
            return self
        delta = other.mean - self.mean
        self.mean = self.mean + delta * other.count / total
        self.m2 = self.m2 + other.m2 + delta ** 2 * self.count * other.count / total
        self.count = total
        return self
`,
  (n, pick) => `def train_${pick(WORDS)}_classifier_${n}(config, model, loader, device="cuda"):
    model = model.to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, step / 500))
    scaler = torch.cuda.amp.GradScaler()
    for epoch in range(config.epochs):
        model.train()
        total, correct = 0, 0
        for batch, (x, y) in enumerate(loader):
            x, y = x.to(device, non_blocking=True), y.to(device, non_blocking=True)
            with torch.autocast(device_type="cuda"):
                logits = model(x)
                loss = F.cross_entropy(logits, y, label_smoothing=0.1)
            optimizer.zero_grad(set_to_none=True)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            schedule.step()
            total += len(y)
            correct += int((logits.argmax(dim=1) == y).sum())
            if batch % config.log_every == 0:
                logger.info("epoch %d batch %d loss %.4f accuracy %.3f", epoch, batch, loss.item(), correct / total)
    return correct / max(1, total)
`,
  (n, pick) => `def tokenize_${pick(WORDS)}_${n}(text, vocabulary, max_length=128, unknown="<unk>"):
    tokens = []
    for word in re.findall(r"\\w+|[^\\w\\s]", text.lower()):
        if word in vocabulary:
            tokens.append(vocabulary[word])
            continue
        start = 0
        while start < len(word):
            end = len(word)
            while end > start and word[start:end] not in vocabulary:
                end -= 1
            if end == start:
                tokens.append(vocabulary[unknown])
                break
            tokens.append(vocabulary[word[start:end]])
            start = end
    tokens = tokens[:max_length]
    mask = [1] * len(tokens) + [0] * (max_length - len(tokens))
    tokens += [0] * (max_length - len(tokens))
    return np.array(tokens), np.array(mask)
`,
];

const HEAD = `"""Experiments of one project, in one long file."""
import argparse
import csv
import logging
import math
import re
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import List

import numpy as np
import torch
import torch.nn.functional as F
import yaml
from torch import nn
from torch.utils.data import DataLoader, Dataset

logger = logging.getLogger(__name__)
`;

export const DDPM = `class NoiseModel(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 2))

    def forward(self, x, t):
        return self.layers(torch.cat([x, t[:, None] / 200], dim=1))


class PointDiffusion(nn.Module):
    """Ho et al. 2020 on points in the plane."""

    def __init__(self, model, timesteps=200, beta_start=1e-4, beta_end=0.05):
        super().__init__()
        self.model = model
        self.timesteps = timesteps
        betas = torch.linspace(beta_start, beta_end, timesteps)
        alphas = 1.0 - betas
        alphas_cumprod = torch.cumprod(alphas, dim=0)
        alphas_cumprod_prev = F.pad(alphas_cumprod[:-1], (1, 0), value=1.0)
        self.register_buffer("betas", betas)
        self.register_buffer("alphas_cumprod", alphas_cumprod)
        self.register_buffer("sqrt_alphas_cumprod", torch.sqrt(alphas_cumprod))
        self.register_buffer("sqrt_one_minus_alphas_cumprod", torch.sqrt(1.0 - alphas_cumprod))
        self.register_buffer("sqrt_recip_alphas", torch.sqrt(1.0 / alphas))
        self.register_buffer("posterior_variance", betas * (1.0 - alphas_cumprod_prev) / (1.0 - alphas_cumprod))

    def q_sample(self, x0, t, noise):
        return self.sqrt_alphas_cumprod[t][:, None] * x0 + self.sqrt_one_minus_alphas_cumprod[t][:, None] * noise

    def loss(self, x0):
        t = torch.randint(0, self.timesteps, (x0.shape[0],))
        noise = torch.randn_like(x0)
        return F.mse_loss(self.model(self.q_sample(x0, t, noise), t), noise)

    @torch.no_grad()
    def sample(self, n):
        x = torch.randn(n, 2)
        for t in reversed(range(self.timesteps)):
            eps = self.model(x, torch.full((n,), t))
            mean = self.sqrt_recip_alphas[t] * (x - self.betas[t] / self.sqrt_one_minus_alphas_cumprod[t] * eps)
            x = mean + torch.sqrt(self.posterior_variance[t]) * torch.randn_like(x) if t > 0 else mean
        return x


def train_points(steps=3000, batch_size=256):
    diffusion = PointDiffusion(NoiseModel())
    optimizer = torch.optim.Adam(diffusion.parameters(), lr=2e-3)
    for step in range(steps):
        loss = diffusion.loss(two_moons(batch_size))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return diffusion


def two_moons(n):
    angle = math.pi * torch.rand(n)
    upper = torch.rand(n) < 0.5
    x = torch.where(upper, torch.cos(angle), 1 - torch.cos(angle))
    y = torch.where(upper, torch.sin(angle), 0.5 - torch.sin(angle))
    return torch.stack([x, y], dim=1)
`;

const SECOND = `def cosine_alpha_bar(T, s=0.008):
    t = np.arange(T + 1) / T
    f = np.cos((t + s) / (1 + s) * np.pi / 2) ** 2
    return f / f[0]


def ancestral_numpy(network, shape, T=400, seed=0):
    """The sampler again, without PyTorch."""
    rng = np.random.default_rng(seed)
    bar = cosine_alpha_bar(T)
    betas = np.clip(1 - bar[1:] / bar[:-1], 0, 0.999)
    abar = np.cumprod(1 - betas)
    x = rng.standard_normal(shape)
    for t in range(T - 1, -1, -1):
        eps = network(x, t)
        x = (x - betas[t] / np.sqrt(1 - abar[t]) * eps) / np.sqrt(1 - betas[t])
        if t > 0:
            x = x + np.sqrt(betas[t]) * rng.standard_normal(shape)
    return x
`;

const TAIL = `def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="run.yaml")
    parser.add_argument("--out", default="points.npy")
    args = parser.parse_args()
    config = RunConfig3.from_yaml(args.config)
    torch.manual_seed(config.seed)
    diffusion = train_points(steps=4000)
    np.save(args.out, diffusion.sample(2000).numpy())


if __name__ == "__main__":
    main()
`;

/** At least `lines` lines, two models among them; without models for what a prefilter must stop. */
export function longFile(lines: number, models = true): string {
  const random = seeded(20240901);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)];
  const parts = [HEAD];
  let count = HEAD.split('\n').length;
  const add = (part: string) => {
    parts.push(part);
    count += part.split('\n').length + 1;
  };
  const places = models ? [[0.45, DDPM], [0.8, SECOND]] as [number, string][] : [];
  for (let n = 0; count < lines - 20; n++) {
    if (places.length > 0 && count > places[0][0] * lines) add(places.shift()![1]);
    add(TEMPLATES[n % TEMPLATES.length](n, pick));
  }
  if (models) add(TAIL);
  return parts.join('\n\n');
}

function cap(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
