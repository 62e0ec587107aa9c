"""PyTorch beside vae-kernels.ts: answers each line {"model": "mlp" | "conv", "rows": n, "steps": s} with the images per second of processor time of s training steps."""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

LATENT = 20


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 400)
        self.mean, self.log_variance = nn.Linear(400, LATENT), nn.Linear(400, LATENT)
        self.back, self.out = nn.Linear(LATENT, 400), nn.Linear(400, 784)

    def encode(self, x):
        h = F.relu(self.hidden(x))
        return self.mean(h), self.log_variance(h)

    def decode(self, z):
        return self.out(F.relu(self.back(z)))


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(), nn.Flatten())
        self.mean, self.log_variance = nn.Linear(3136, LATENT), nn.Linear(3136, LATENT)
        self.back = nn.Linear(LATENT, 3136)
        self.up = nn.Sequential(nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1))

    def encode(self, x):
        h = self.down(x.view(-1, 1, 28, 28))
        return self.mean(h), self.log_variance(h)

    def decode(self, z):
        return self.up(F.relu(self.back(z)).view(-1, 64, 7, 7)).flatten(1)


def training(model, rows):
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    x = torch.rand(rows, 784)

    def step():
        adam.zero_grad()
        mean, log_variance = model.encode(x)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        loss = F.binary_cross_entropy_with_logits(model.decode(z), x, reduction="sum")
        loss = loss - 0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
        loss.backward()
        adam.step()
        return loss.item()

    return step


made = {}
for line in sys.stdin:
    asked = json.loads(line)
    key = (asked["model"], asked["rows"])
    if key not in made:
        made[key] = training({"mlp": Dense, "conv": Convolutional}[asked["model"]](), asked["rows"])
        for _ in range(5):
            made[key]()
    start = time.process_time()
    for _ in range(asked["steps"]):
        made[key]()
    print(json.dumps({"imagesPerSecond": asked["rows"] * asked["steps"] / (time.process_time() - start)}), flush=True)
