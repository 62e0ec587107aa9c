"""A denoising diffusion model (Ho et al. 2020) of the two moons, small enough to train in a minute.

Run it:  python ddpm_moons.py
It needs PyTorch only, and writes 2,000 sampled points to moons.csv.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn


class DDPM(nn.Module):
    def __init__(self, model, T=200):
        super().__init__()
        self.model = model
        self.T = T
        betas = cosine_betas(T)
        alphas = 1.0 - betas
        alphas_cumprod = torch.cumprod(alphas, dim=0)
        self.register_buffer("betas", betas.float())
        self.register_buffer("alphas", alphas.float())
        self.register_buffer("alphas_cumprod", alphas_cumprod.float())

    def add_noise(self, x0, t, noise):
        """Any noise level in one step: x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps (eq. 4)."""
        abar = self.alphas_cumprod[t].unsqueeze(1)
        return torch.sqrt(abar) * x0 + torch.sqrt(1 - abar) * noise

    def loss(self, x0):
        """Which noise was added? The mean squared error of the guess (eq. 14)."""
        t = torch.randint(0, self.T, (x0.shape[0],), device=x0.device)
        noise = torch.randn_like(x0)
        xt = self.add_noise(x0, t, noise)
        return F.mse_loss(self.model(xt, t), noise)

    @torch.no_grad()
    def sample(self, n):
        """From noise to data, one small step at a time (algorithm 2)."""
        x = torch.randn(n, 2, device=self.betas.device)
        for t in reversed(range(self.T)):
            eps = self.model(x, torch.full((n,), t, device=x.device))
            mean = (x - self.betas[t] / torch.sqrt(1 - self.alphas_cumprod[t]) * eps) / torch.sqrt(self.alphas[t])
            z = torch.randn_like(x) if t > 0 else torch.zeros_like(x)
            x = mean + torch.sqrt(self.betas[t]) * z
        return x


def cosine_betas(T, s=0.008):
    """Cosine schedule of Nichol & Dhariwal (2021): the signal fades evenly instead of all at once."""
    t = torch.linspace(0, T, T + 1, dtype=torch.float64)
    alphas_cumprod = torch.cos((t / T + s) / (1 + s) * math.pi / 2) ** 2
    betas = 1 - alphas_cumprod[1:] / alphas_cumprod[:-1]
    return torch.clip(betas, 0, 0.999)


class NoisePredictor(nn.Module):
    """An MLP that guesses the noise in x_t. It is told t through a few sines and cosines."""

    def __init__(self, T, width=128, frequencies=8):
        super().__init__()
        self.T = T
        self.register_buffer("frequencies", 2.0 ** torch.arange(frequencies) * math.pi / 2)
        self.layers = nn.Sequential(
            nn.Linear(2 + 2 * frequencies, width), nn.SiLU(),
            nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, width), nn.SiLU(),
            nn.Linear(width, 2),
        )

    def forward(self, x, t):
        angles = (t.float() / self.T).unsqueeze(1) * self.frequencies
        return self.layers(torch.cat([x, torch.sin(angles), torch.cos(angles)], dim=1))


def two_moons(n, noise=0.06):
    """n points (n, 2) on two interleaved half circles, about zero mean and unit scale."""
    angle = math.pi * torch.rand(n)
    upper = torch.rand(n) < 0.5
    x = torch.where(upper, torch.cos(angle), 1 - torch.cos(angle))
    y = torch.where(upper, torch.sin(angle), 0.5 - torch.sin(angle))
    points = torch.stack([x - 0.5, y - 0.25], dim=1)
    return 1.2 * (points + noise * torch.randn(n, 2))


if __name__ == "__main__":
    torch.manual_seed(1)
    ddpm = DDPM(NoisePredictor(T=200), T=200)
    optimiser = torch.optim.Adam(ddpm.parameters(), lr=1e-3)
    for step in range(5001):
        loss = ddpm.loss(two_moons(512))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 500 == 0:
            print(f"step {step}: loss {loss.item():.3f}")
    points = ddpm.sample(2000)
    with open("moons.csv", "w") as file:
        file.write("x,y\n")
        file.writelines(f"{x:.5f},{y:.5f}\n" for x, y in points.tolist())
    print("2,000 points in moons.csv")
