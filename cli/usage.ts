/** Help texts, and the error for a command line that cannot be understood (exit code 2). */

export class UsageError extends Error {}

export const USAGE = `marginalia: a math-aware playground for generative models, on the command line

Usage
  marginalia recognise PATH…  [--json]
      Which models a file or folder holds, with hyper-parameters, lines and evidence. Reads Python, TypeScript and JavaScript, Jupyter notebooks
      (all Python cells as one program), and diffusers' scheduler_config.json, model_index.json and config.json.
  marginalia sample ddpm [options] [--json]
      Sample a 2-D network, the shipped one or yours, at any schedule, T and sampler.
  marginalia train ddpm [options] [--json]
      Train a network on 2-D points, then sample and measure it: loss, rate, distance beside that of real draws, variational bound.
  marginalia train vae [options] [--json]
      Train a variational autoencoder on images or points, then measure it on what was held out: −ELBO, reconstruction, KL, importance weighted bound.
  marginalia export vae --weights FILE [--torch FILE] [--torchrun FILE]
      Write a trained model as a PyTorch script that reconstructs, encodes, samples and trains, and as one that trains in many processes under torchrun.
      Both read FILE, and what they write can be opened here again.
  marginalia derivations [ID…]  [--verify] [--json]
      The derivations; with --verify every line is evaluated in random worlds, and every slip of it that could be typed must be noticed.
  marginalia --help | --version

Output of recognise --json
  An array of models: file, line (of the header), endLine, family, kind, name, framework, confidence, hyperparameters, evidence, notes.
  A hyper-parameter has value, unit, line, origin (literal | default | config | folded | library) and its name in the code; with "file", line is of that
  file of settings, which the code names. In a notebook each place has "cell", the position among all its cells from 1, and line counts within that cell.
  Of folders installed, built, minified and hidden files are passed over.

Options of sample ddpm and train ddpm
  --data NAME|FILE         moons | gaussians8 | swiss-roll | checkerboard | … , or a CSV, TSV or NPY file of points   (moons)
  --schedule NAME          linear | linear_scaled | scaled_linear | cosine | sigmoid | sigmoid_alpha_bar  (cosine)
  --T N                    steps of the forward process            (200; linear, scaled_linear, sigmoid: 1000)
  --beta-start B, --beta-end B   end points, where the schedule has them          (1e-4, 0.02)
  --zero-snr               rescale the schedule so that x_T is noise alone; not with epsilon
  --prediction-type NAME   epsilon | sample | v_prediction                        (epsilon)
  --variance-type NAME     fixed_small | fixed_large                              (fixed_small)
  --seed N                 same seed and device: same bytes                       (1)
  --n N                    points that are sampled                                (2000)
  --device NAME            auto | wasm | cpu                                      (auto)

Options of sample ddpm
  --sampler NAME           ddpm | ddim                                            (ddpm)
  --steps N                sampling steps                        (ddpm: T, ddim: 50)
  --eta X                  DDIM's η, 0 … 1                                        (0)
  --timestep-spacing NAME  leading | linspace | trailing                          (leading)
  --weights FILE           a network of any shape and prediction type instead of the shipped one (safetensors)
  --out FILE               write the points as CSV with header x,y

Options of train ddpm
  --steps N                training steps                                         (5000)
  --hidden-units N, --hidden-layers N   the network                               (128, 3)
  --batch-size N           examples in a step                                     (512)
  --learning-rate X        of Adam                                                (1e-3)
  --ema-decay X            of the average of the parameters that is written       (0.999)
  --loss NAME              simple | min_snr | vlb                                 (simple)
  --gamma X                of min_snr                                             (5)
  --out FILE               write the average of the network (safetensors)
  --checkpoint FILE        write a checkpoint every 10 s and at the end
  --resume                 go on from that checkpoint

Options of train vae
  --data NAME|FILE|FOLDER  mnist | fashion-mnist (a part of each ships) | moons | swiss-roll | … , or one's own: an IDX (.gz) or NPY array of images, a folder of
                           PNG files or arrays, a CSV or TSV of points            (mnist)
  --full FOLDER            take the whole of mnist or fashion-mnist from its four IDX files
  --architecture NAME      mlp | conv | hierarchical                              (mlp)
  --latent N, --top-latent N   dimensions of z, and of z₂ of two levels           (20, 8; points: 2)
  --widths A,B,…           hidden layers of the encoder, turned around those of the decoder; filters of conv  (400; conv: 32,64)
  --encoder A,B  --decoder A,B   the same for each alone
  --activation NAME        linear | relu | leaky_relu | elu | tanh | sigmoid | softplus | silu | gelu  (relu)
  --likelihood NAME        bernoulli | gaussian                                   (bernoulli; points: gaussian)
  --decoder-deviation X    σ of the Gaussian decoder                              (1; points: 0.1)
  --reduction NAME         sum | batch_mean | mean; --reconstruction-reduction and --kl-reduction for each term alone  (sum)
  --beta X                 weight of the divergence                               (1)
  --no-noise               z is the mean; with --beta 0 an autoencoder
  --k N                    importance samples of the bound that is trained        (1)
  --batch-size N           examples in a step                                     (128)
  --learning-rate X        of Adam                                                (1e-3)
  --epochs N               passes through the examples                            (100)
  --examples N             how many of them are used; 0 for all                   (0)
  --seed N                 same seed and device: same numbers                     (1)
  --device NAME            auto | wasm | cpu                                      (auto)
  --threads N              1 | 2; two share each batch, with the same numbers     (2 on WASM, where there are two cores)
  --out FILE               write the weights with PyTorch's names and shapes (safetensors)
  --checkpoint FILE        write a checkpoint every 10 s and at the end
  --resume                 go on from that checkpoint

Exit codes: 0 done · 1 failed · 2 the command line or an input is wrong
`;
