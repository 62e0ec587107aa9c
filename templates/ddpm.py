"""A denoising diffusion model (Ho et al. 2020) of the two moons.

Needs torch and numpy. Trains in about a minute and writes 2,000 sampled points to points.npy.
Change a number below and sample again from the lens above the class: the panel follows the file.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

T = 200
hidden_size = 128
batch_size = 512
learning_rate = 1e-3
train_steps = 3000


class DDPM(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network
        betas = torch.linspace(1e-4, 0.06, T)
        alphas = 1.0 - betas
        self.register_buffer("betas", betas)
        self.register_buffer("alphas", alphas)
        self.register_buffer("alphas_cumprod", torch.cumprod(alphas, dim=0))

    def q_sample(self, x0, t, noise):
        """Data with noise of level t in one step (eq. 4)."""
        alpha_bar = self.alphas_cumprod[t].unsqueeze(1)
        return torch.sqrt(alpha_bar) * x0 + torch.sqrt(1 - alpha_bar) * noise

    def loss(self, x0):
        """The mean squared error of the guessed noise (eq. 14)."""
        t = torch.randint(0, T, (x0.shape[0],))
        noise = torch.randn_like(x0)
        return F.mse_loss(self.network(self.q_sample(x0, t, noise), t), noise)

    @torch.no_grad()
    def sample(self, n):
        """From noise to data in T steps (algorithm 2)."""
        x = torch.randn(n, 2)
        for t in reversed(range(T)):
            eps = self.network(x, torch.full((n,), t))
            mean = (x - self.betas[t] / torch.sqrt(1 - self.alphas_cumprod[t]) * eps) / torch.sqrt(self.alphas[t])
            z = torch.randn_like(x) if t > 0 else torch.zeros_like(x)
            x = mean + torch.sqrt(self.betas[t]) * z
        return x


class Network(nn.Module):
    """Guesses the noise in x_t; t is given as sines and cosines."""

    def __init__(self, frequencies=8):
        super().__init__()
        self.register_buffer("frequencies", 2.0 ** torch.arange(frequencies) * math.pi / 2)
        self.layers = nn.Sequential(
            nn.Linear(2 + 2 * frequencies, hidden_size), nn.SiLU(),
            nn.Linear(hidden_size, hidden_size), nn.SiLU(),
            nn.Linear(hidden_size, hidden_size), nn.SiLU(),
            nn.Linear(hidden_size, 2),
        )

    def forward(self, x, t):
        angles = (t / T).unsqueeze(1) * self.frequencies
        return self.layers(torch.cat([x, torch.sin(angles), torch.cos(angles)], dim=1))


def two_moons(n, noise=0.05):
    """n points on two interleaved half circles, about zero mean and unit scale."""
    angle = math.pi * np.random.rand(n)
    upper = np.random.rand(n) < 0.5
    x = np.where(upper, np.cos(angle), 1 - np.cos(angle)) - 0.5
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle)) - 0.25
    points = np.stack([x, y], axis=1) + noise * np.random.randn(n, 2)
    return torch.tensor(points / [0.87, 0.5], dtype=torch.float32)


if __name__ == "__main__":
    torch.manual_seed(1)
    np.random.seed(1)
    ddpm = DDPM(Network())
    optimizer = torch.optim.Adam(ddpm.parameters(), lr=learning_rate)
    for step in range(train_steps + 1):
        loss = ddpm.loss(two_moons(batch_size))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 250 == 0:
            print(f"step {step}: loss {loss.item():.3f}")
    np.save("points.npy", ddpm.sample(2000).numpy())
    print("2,000 points in points.npy")
