"""The same work in PyTorch on the processor, as a peer to measure beside.

Reads requests from standard input, one JSON object a line, and answers each with one line. `{"do": "about"}` tells versions, threads and the
BLAS that is really loaded; `{"do": "time", "network": …, "work": …, "steps": n}` the milliseconds that n steps take.

Networks: `same` is the playground's, 2 -> 128 -> 128 -> 128 -> 2 with hidden layers SiLU(h W + f C + b), f being 17 features of the noise level;
`concatenated` is a common form, 66,562 parameters: x and a sinusoidal embedding of t in 128 dimensions, concatenated, through 4 hidden layers of 128.
"""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

T = 1000
POINTS = 10_000
BATCH = 512
HIDDEN = 128

betas = torch.linspace(1e-4, 0.02, T, dtype=torch.float64)
alphas_cumprod = torch.cumprod(1 - betas, 0)


def log_snr_features():
    """[T, 17]: the place s of the log-SNR in -10 ... 10, and sin and cos of k pi s / 2 for k = 1 ... 8."""
    s = (torch.log(alphas_cumprod) - torch.log1p(-alphas_cumprod)).clamp(-10, 10)[:, None] / 10
    waves = s * (math.pi / 2) * torch.arange(1, 9)
    return torch.cat([s, waves.sin(), waves.cos()], 1).float()


def sinusoidal_embedding(size=128):
    """[T, size], of Vaswani et al. 2017."""
    angles = torch.arange(T)[:, None] * torch.exp(-math.log(10_000) * torch.arange(size // 2) / (size // 2))
    return torch.cat([angles.sin(), angles.cos()], 1)


class Same(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("features", log_snr_features())
        self.hidden = nn.ModuleList([nn.Linear(2 if layer == 0 else HIDDEN, HIDDEN) for layer in range(3)])
        self.conditions = nn.ModuleList([nn.Linear(17, HIDDEN, bias=False) for _ in range(3)])
        self.out = nn.Linear(HIDDEN, 2)

    def forward(self, x, t):
        f = self.features[t]
        for hidden, condition in zip(self.hidden, self.conditions):
            x = F.silu(hidden(x) + condition(f), inplace=True)
        return self.out(x)

    def at_level(self, x, t):
        """All points at one t: the condition becomes part of the bias."""
        f = self.features[t]
        for hidden, condition in zip(self.hidden, self.conditions):
            x = F.silu(torch.addmm(hidden.bias + condition(f), x, hidden.weight.t()), inplace=True)
        return self.out(x)


class Concatenated(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("embedding", sinusoidal_embedding())
        sizes = [2 + 128, HIDDEN, HIDDEN, HIDDEN, HIDDEN]
        layers = [part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.SiLU())]
        self.layers = nn.Sequential(*layers, nn.Linear(HIDDEN, 2))

    def forward(self, x, t):
        return self.layers(torch.cat([x, self.embedding[t]], 1))

    def at_level(self, x, t):
        return self(x, torch.full((len(x),), t))


class Bench:
    """One network, its optimiser and its data."""

    def __init__(self, network):
        torch.manual_seed(1)
        self.network = network
        self.optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        self.data = torch.randn(65_536, 2)
        self.signal = alphas_cumprod.sqrt().float()
        self.noise = (1 - alphas_cumprod).sqrt().float()

    def train(self, steps):
        """Algorithm 1 of Ho et al. 2020. Without the moving average of the parameters, which the playground keeps too."""
        for _ in range(steps):
            x0 = self.data[torch.randint(len(self.data), (BATCH,))]
            t = torch.randint(T, (BATCH,))
            eps = torch.randn(BATCH, 2)
            x = self.signal[t, None] * x0 + self.noise[t, None] * eps
            loss = F.mse_loss(self.network(x, t), eps)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
        if not math.isfinite(loss.item()):
            raise RuntimeError("the loss is not finite")

    @torch.inference_mode()
    def ancestral1000(self, steps):
        """Algorithm 2 of Ho et al. 2020, the first `steps` of T = 1000."""
        x = torch.randn(POINTS, 2)
        for t in reversed(range(T - steps, T)):
            abar, beta = alphas_cumprod[t].item(), betas[t].item()
            abar_prev = alphas_cumprod[t - 1].item() if t > 0 else 1.0
            eps = self.network.at_level(x, t)
            x = (x - beta / math.sqrt(1 - abar) * eps) / math.sqrt(1 - beta)
            if t > 0:
                x += math.sqrt((1 - abar_prev) / (1 - abar) * beta) * torch.randn(POINTS, 2)
        return x

    @torch.inference_mode()
    def ddim50(self, steps):
        """Song et al. 2021, eq. 12 with eta = 0, every 20th timestep; the first `steps` of 50."""
        x = torch.randn(POINTS, 2)
        for t in list(range(980, -1, -20))[:steps]:
            abar = alphas_cumprod[t].item()
            abar_prev = alphas_cumprod[t - 20].item() if t >= 20 else alphas_cumprod[0].item()
            eps = self.network.at_level(x, t)
            x0 = (x - math.sqrt(1 - abar) * eps) / math.sqrt(abar)
            x = math.sqrt(abar_prev) * x0 + math.sqrt(1 - abar_prev) * eps
        return x


def about():
    torch.mm(torch.randn(256, 256), torch.randn(256, 256))
    with open("/proc/self/maps") as maps:
        loaded = {line.split()[-1] for line in maps if "blas" in line.split()[-1].lower() or "mkl" in line.split()[-1].lower()}
    return {
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
        "blas": sorted(loaded),
        "parameters": {name: sum(p.numel() for p in bench.network.parameters()) for name, bench in benches.items()},
    }


def timed(network, work, steps):
    begun = time.perf_counter()
    getattr(benches[network], work)(steps)
    return 1000 * (time.perf_counter() - begun)


benches = {"same": Bench(Same()), "concatenated": Bench(Concatenated())}
for line in sys.stdin:
    request = json.loads(line)
    reply = about() if request["do"] == "about" else timed(request["network"], request["work"], request["steps"])
    print(json.dumps(reply), flush=True)
