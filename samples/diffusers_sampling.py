"""Training and sampling with the schedulers of Hugging Face diffusers; the network is a small MLP on 2-D points.

Run it:  pip install torch diffusers  &&  python diffusers_sampling.py
"""
import torch
import torch.nn.functional as F
from diffusers import DDIMScheduler, DDPMScheduler
from torch import nn

noise_scheduler = DDPMScheduler(
    num_train_timesteps=400,
    beta_schedule="squaredcos_cap_v2",
    prediction_type="epsilon",
    clip_sample=False,
)


class Denoiser(nn.Module):
    def __init__(self, steps, width=128):
        super().__init__()
        self.steps = steps
        self.layers = nn.Sequential(nn.Linear(3, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, 2))

    def forward(self, x, t):
        when = (t.float() / self.steps).reshape(-1, 1).expand(len(x), 1)
        return self.layers(torch.cat([x, when], dim=1))


def checkerboard(n):
    """Points (n, 2) on the dark squares of a 4 x 4 board over [-2, 2]^2."""
    column = torch.randint(0, 4, (n,))
    row = 2 * torch.randint(0, 2, (n,)) + column % 2
    corner = torch.stack([column, row], dim=1).float() - 2
    return corner + torch.rand(n, 2)


model = Denoiser(noise_scheduler.config.num_train_timesteps)


def train(steps=5000, batch=512):
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(steps):
        clean = checkerboard(batch)
        noise = torch.randn_like(clean)
        timesteps = torch.randint(0, noise_scheduler.config.num_train_timesteps, (batch,))
        noisy = noise_scheduler.add_noise(clean, noise, timesteps)
        loss = F.mse_loss(model(noisy, timesteps), noise)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 500 == 0:
            print(f"step {step}: loss {loss.item():.3f}")


@torch.no_grad()
def sample(n, steps=50):
    """The same network, sampled in fewer steps with DDIM (Song et al. 2021)."""
    scheduler = DDIMScheduler(num_train_timesteps=400, beta_schedule="squaredcos_cap_v2", clip_sample=False)
    scheduler.set_timesteps(steps)
    x = torch.randn(n, 2)
    for t in scheduler.timesteps:
        noise_pred = model(x, t)
        x = scheduler.step(noise_pred, t, x).prev_sample
    return x


if __name__ == "__main__":
    torch.manual_seed(1)
    train()
    points = sample(2000)
    print("mean", points.mean(dim=0).tolist(), "standard deviation", points.std(dim=0).tolist())
