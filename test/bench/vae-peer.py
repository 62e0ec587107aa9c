"""pytorch/examples' VAE and a convolutional one on the processor, as a peer to measure beside.

Started with the IDX file of the training images. Reads requests from standard input, one JSON object a line, and answers each with one line: `{"do": "about"}` tells versions,
threads and the BLAS that is really loaded; `{"do": "time", "model": "mlp" | "conv", "steps": n}` the milliseconds that n training steps of 128 images take. Batches are taken
from memory and scaled there, as the playground does it: no loader slows them down.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BATCH, LATENT = 128, 20


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, LATENT), nn.Linear(400, LATENT)
        self.fc3, self.fc4 = nn.Linear(LATENT, 400), nn.Linear(400, 784)

    def encode(self, x):
        h = F.relu(self.fc1(x))
        return self.fc21(h), self.fc22(h)

    def decode(self, z):
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z))))


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(), nn.Flatten())
        self.mean, self.logvar = nn.Linear(64 * 7 * 7, LATENT), nn.Linear(64 * 7 * 7, LATENT)
        self.decoder = nn.Sequential(
            nn.Linear(LATENT, 64 * 7 * 7), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
            nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1), nn.Sigmoid(), nn.Flatten())

    def encode(self, x):
        h = self.encoder(x.view(-1, 1, 28, 28))
        return self.mean(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)


class Bench:
    def __init__(self, model):
        torch.manual_seed(1)
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        self.order = torch.randperm(len(images))
        self.step = 0

    def train(self, steps):
        for _ in range(steps):
            at = self.step * BATCH % (len(images) - BATCH)
            x = images[self.order[at:at + BATCH]].float() / 255
            mean, logvar = self.model.encode(x)
            z = mean + torch.exp(0.5 * logvar) * torch.randn_like(mean)
            bce = F.binary_cross_entropy(self.model.decode(z), x, reduction="sum")
            kld = -0.5 * torch.sum(1 + logvar - mean.pow(2) - logvar.exp())
            loss = bce + kld
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.step += 1
        if not np.isfinite(loss.item()):
            raise RuntimeError("the loss is not finite")


def about():
    torch.mm(torch.randn(256, 256), torch.randn(256, 256))
    with open("/proc/self/maps") as maps:
        loaded = {line.split()[-1] for line in maps if "blas" in line.split()[-1].lower() or "mkl" in line.split()[-1].lower()}
    return {"torch": torch.__version__, "threads": torch.get_num_threads(), "blas": sorted(loaded)}


def timed(model, steps):
    begun = time.perf_counter()
    benches[model].train(steps)
    return 1000 * (time.perf_counter() - begun)


images = torch.from_numpy(np.fromfile(sys.argv[1], np.uint8, offset=16).reshape(-1, 784))
benches = {"mlp": Bench(Dense()), "conv": Bench(Convolutional())}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(about() if request["do"] == "about" else timed(request["model"], request["steps"])), flush=True)
