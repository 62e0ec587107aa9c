/** Hugging Face's causal language models that are built from a configuration, and so trained from nothing; what was trained before is silent. */
import { underName } from '../../training/agree';
import type { Expr } from '../../../parse/ast';
import type { HyperparameterKey } from '../../../types';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, ModelCall, Settings } from '../family';
import { originsOf } from '../origins';

const MODEL = /^(TF|Flax)?([A-Z]\w*ForCausalLM|GPT2LMHeadModel|OpenAIGPTLMHeadModel|TransfoXLLMHeadModel|XLNetLMHeadModel|CTRLLMHeadModel)$/;
const CONFIG = /^[A-Z]\w*Config$/;
const LIBRARY = /^transformers\b/;

/** Words of which one must stand in a file that builds such a model. */
export const CAUSAL_MODELS = ['GPT2LMHeadModel', 'TFGPT2LMHeadModel', 'AutoModelForCausalLM', 'LlamaForCausalLM', 'MistralForCausalLM', 'GPTNeoForCausalLM', 'GPTNeoXForCausalLM', 'OPTForCausalLM', 'Qwen2ForCausalLM', 'GPTJForCausalLM', 'BloomForCausalLM', 'GemmaForCausalLM', 'MixtralForCausalLM', 'PhiForCausalLM', 'OpenAIGPTLMHeadModel', 'FlaxGPT2LMHeadModel'];

/** What the configurations of the library call the sizes. */
const SIZES: readonly (readonly [HyperparameterKey, readonly string[]])[] = [
  ['contextLength', ['n_positions', 'max_position_embeddings', 'n_ctx', 'max_seq_len', 'seq_length']],
  ['vocabularySize', ['vocab_size']],
  ['embeddingSize', ['n_embd', 'hidden_size', 'd_model']],
  ['hiddenLayers', ['n_layer', 'num_hidden_layers', 'num_layers', 'n_layers']],
  ['heads', ['n_head', 'num_attention_heads', 'num_heads', 'n_heads']],
];
/** Of `TrainingArguments`. */
const TRAINING: readonly (readonly [HyperparameterKey, readonly string[]])[] = [
  ['batchSize', ['per_device_train_batch_size', 'per_gpu_train_batch_size']],
  ['learningRate', ['learning_rate']],
  ['epochs', ['num_train_epochs']],
  ['trainSteps', ['max_steps']],
];

export function causalModels(view: FileView): ModelCall[] {
  return view.survey.calls.flatMap((site): ModelCall[] => {
    const config = configOf(view, site);
    if (!config) return [];
    return [{ site, text: `builds a causal language model from ${config.name}`, settings: { ...settingsOf(view, config, SIZES), ...trainingOf(view) }, notes: [] }];
  });
}

/** `GPT2LMHeadModel(config)`, `AutoModelForCausalLM.from_config(config)`: the call that made the configuration. */
function configOf(view: FileView, site: CallSite): CallSite | null {
  const { call, name, path } = site;
  if (!LIBRARY.test(path) || (name !== 'from_config' && (!MODEL.test(name) || view.survey.classes.has(name)))) return null;
  if (name === 'from_config' && !(call.callee.kind === 'attribute' && /AutoModelForCausalLM\.from_config$/.test(path))) return null;
  const e = argumentOf(call, 0, 'config');
  return e ? madeBy(view, e, site) : null;
}

function madeBy(view: FileView, e: Expr, place: CallSite): CallSite | null {
  const origins = originsOf(view);
  const values = e.kind === 'name' || (e.kind === 'attribute' && e.dotted) ? origins.given(e.kind === 'name' ? e.name : e.dotted!, place).map((a) => a.value) : [e];
  const [only] = values;
  const site = values.length === 1 ? origins.siteOf(only) : undefined;
  // `AutoConfig.from_pretrained('gpt2', n_ctx=…)` is a configuration too; its model is not trained yet.
  return site && LIBRARY.test(site.path) && (CONFIG.test(site.name) || /Config\.from_pretrained$/.test(site.path)) ? site : null;
}

function settingsOf(view: FileView, site: CallSite, keys: typeof SIZES): Settings {
  const out: Settings = {};
  for (const [key, names] of keys) {
    const c = names.map((n) => view.constants.number(argumentOf(site.call, -1, n))).find((x) => x !== null);
    if (c && c.value > 0) out[key] = { value: c.value, source: underName(c.source, names[0]) };
  }
  return out;
}

/** The one `TrainingArguments(…)` of the file. */
function trainingOf(view: FileView): Settings {
  const all = view.survey.calls.filter((s) => LIBRARY.test(s.path) && /^(Seq2Seq)?TrainingArguments$/.test(s.name));
  return all.length === 1 ? settingsOf(view, all[0], TRAINING) : {};
}
