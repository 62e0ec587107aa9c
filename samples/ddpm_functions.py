"""The same model as ddpm_moons.py with plain functions and T = 100 steps of a linear schedule.

Run it:  python ddpm_functions.py
"""
import torch
from torch import nn

T = 100
BETA_START = 1e-3
BETA_END = 0.2

betas = torch.linspace(BETA_START, BETA_END, T)
alphas = 1 - betas
alpha_bars = torch.cumprod(alphas, dim=0)
# The variance of x_{t-1} when x_0 is known (eq. 7 of Ho et al. 2020); nothing is left at the last step.
alpha_bars_prev = torch.cat([torch.ones(1), alpha_bars[:-1]])
posterior_variance = betas * (1 - alpha_bars_prev) / (1 - alpha_bars)

model = nn.Sequential(nn.Linear(3, 128), nn.SiLU(), nn.Linear(128, 128), nn.SiLU(), nn.Linear(128, 2))


def eight_gaussians(n):
    """Points (n, 2) around eight centres on a circle."""
    angle = torch.randint(0, 8, (n,)) * torch.pi / 4
    centres = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1)
    return 1.4 * centres + 0.1 * torch.randn(n, 2)


def predict_noise(x, t):
    """The network sees the point and how far along the way it is, in [0, 1]."""
    when = (t.float() / T).reshape(-1, 1)
    return model(torch.cat([x, when], dim=1))


def q_sample(x0, t, eps):
    """Noised points x_t (eq. 4)."""
    abar = alpha_bars[t].reshape(-1, 1)
    return abar.sqrt() * x0 + (1 - abar).sqrt() * eps


def train(steps=4000, batch=512):
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(steps):
        x0 = eight_gaussians(batch)
        t = torch.randint(0, T, (batch,))
        eps = torch.randn_like(x0)
        x_t = q_sample(x0, t, eps)
        loss = ((predict_noise(x_t, t) - eps) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 500 == 0:
            print(f"step {step}: loss {loss.item():.3f}")


@torch.no_grad()
def p_sample_loop(n):
    """Noise to data (algorithm 2)."""
    x = torch.randn(n, 2)
    for i in range(T - 1, -1, -1):
        t = torch.full((n,), i)
        eps_theta = predict_noise(x, t)
        mean = (x - betas[i] / (1 - alpha_bars[i]).sqrt() * eps_theta) / alphas[i].sqrt()
        z = torch.randn_like(x)
        x = mean + posterior_variance[i].sqrt() * z
    return x


if __name__ == "__main__":
    torch.manual_seed(1)
    train()
    points = p_sample_loop(2000)
    print("mean", points.mean(dim=0).tolist(), "standard deviation", points.std(dim=0).tolist())
