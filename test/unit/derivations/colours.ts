/**
 * Pairs of symbols that stand in one line in the same colour, since there are more symbols than the eight colours: each pair is told apart by its place.
 * t and T are indices and never compared.
 */
const FOUNDATIONS = ['hypothesisPrior laterPosterior', 'outcomePair secondConditional', 'dimensions secondMeans', 'likelihood parameters'];
const LATENT = [
  'modelJoint prior', 'encoderMean meanNetwork', 'deviationNetwork encoderDeviation', 'dimensions latent', 'decoderNetwork prior', 'betaObjective capacity',
  'klWeight outputDeviation', 'drawDistribution encoder', 'elbo iwaeBound', 'chainEncoder prior', 'elbo lastLatent', 'elbo inferenceStep',
  'inferenceStep lastLatent', 'encoderReverse likelihood', 'consistency latentChain', 'likelihood lossPrior', 'generativeStep levelCount',
];
const DIFFUSION = [
  'alphaBarPrev z', 'betaTilde xPrev', 'beta eta', 'alpha x0Theta', 'mu xPrev', 'epsilon epsilonTheta',
  // Parameterisations and samplers.
  'dataDistribution x0', 'dataDistribution noiseLevel', 'sigma x0', 'alphaBarPrev lossWeight', 'epsilon noiseMean', 'epsilonTheta noiseMean', 'beta stepDataWeight', 'alpha stepPointWeight', 'implicitStep mu',
  'muTheta x0', 'lossStep x0Theta', 'snr xt',
];
const CHAINS = ['squareCoefficient x0', 
  'alpha lossStep', 'alphaBarPrev dimensions', 'beta forwardPosterior', 'elbo startDensity', 'elbo xEnd', 'epsilon mu', 'epsilonTheta mu',
  'evidence xPrev', 'forwardJoint x0', 'forwardKernel xFirst', 'forwardStep trio', 'forwardTrio xBeforeEnd', 'forwardTrio xNext', 'lossPrior lossStep',
  'muTheta sigma', 'muTheta x0', 'noiseBefore xPrev', 'posteriorExponent xt', 'reverseStep xt', 'sigma x0', 'startDensity xEnd', 'xBeforeEnd xNext',
];
const WORDS = ['middleCount pairCounts', 'negatives vocabularySize', 'drawProbability noiseShare'];
const DENSITIES = ['mixtureDensity mixtureSize'];
const REPRESENTATION: readonly string[] = [
  'parameterPrior priorTails', 'datumLikelihood parameterPosterior', 'dataSet priorMean', 'parameterPosterior priorDeviation', 'dataPoint mixtureParameters',
  'dataSize mixtureDensity', 'dataSize mixtureSize', 'componentPosterior pointShare', 'effectiveCount mixtureMean', 'mixtureDeviation newDeviation',
  'mixtureWeight newWeight', 'dimensions squaredErrors', 'codeLikelihood parameters', 'bestEncoder dataSize', 'dataPoint keptShare', 'decoderMatrix dimensions',
  'batchIndicator wordIndicator', 'encoderMatrix spaceDeficit',
];

const LANGUAGE = [
  'anyWord token', 'context tokenLoss', 'perplexity token', 'length vocabularySize', 'anyContext lagrangian', 'contextTotal vocabularySize', 'gammaFunction rowVector', 'ngramCount rowPosterior', 'anyContext rowCounts',
  'noiseCount windowCount', 'mutualInformation windowCount', 'bestScore pairScore', 'contextSize vocabularySize', 'contextSize learningRate',
  'hyponymMatrix hyponymVector', 'hypernymMatrix hypernymVector', 'clusters relationPairs', 'middleVector pairFrequency', 'windowWord wordVector',
];

const SCORES = ['denoisingTarget noisyDensity', 'dataDistribution ladderLevel', 'dimensions perturbation', 'ladderSize zeroVector', 'dimensions z', 'baseStep zeroVector', 'classifierScale xPrev', 'alphaBar guidanceStrength', 'driftStep noisy', 'identityMatrix sliceDirection'];

const PROCESSES = [
  'continuousTime incrementDensity', 'itoDrift transformedDrift', 'itoDiffusion transformedDiffusion',
  'continuousTime stateDistribution', 'incrementDensity stateDistribution', 'betaAt driftRate', 'brownianIncrement explodingLevel', 'timeIncrement z', 'processVariance timeDensity', 'flowVelocity reverseDrift', 'timeIncrement timeSteps', 'beta betaAt', 'dimensions flowPath',
];

const GAMES: readonly string[] = ['adversarialValue generatorInput', 'generatorInput nonSaturatingLoss', 'adversarialValue averageDistribution', 'generatorCriterion labelChance', 'jensenShannon realLabel', 'basePoint flowLayers', 'mixingDeterminant zeroVector', 'flowJacobian logScale', 'scaleNetwork swappedShift',
  'axisVector smallStep', 'speedJacobian velocityDivergence', 'identityMatrix velocityMatrix', 'axisVector dimensions', 'axisVector traceProbe', 'dimensions traceProbe',
  'dataDistribution partChance', 'bits orderedPast', 'orderDistribution x', 'anyVariable orderBound',
  'dimensions forwardKernel', 'isKnown x0', 'absorbLoss forwardPosterior', 'maskedCount revealChance',
];

const HYBRIDS = [
  // Chains behind a flow.
  'codeSampler lastCode', 'codeSampler startDensity', 'lastCode startDensity', 'codeModelPaths firstCode', 'codeReverse scoreNetwork', 'alpha codePaths', 'beta wholeCodeChain',
  'codeDiffused sigma', 'codeModelPaths codeScore', 'latentModel wholeCodeChain', 'dataDistribution latentData', 'codeDiffused dataDistribution', 'codeStep x', 'dataDistribution sigma',
  'alpha latentFlow', 'codeDiffused latentData', 'codePaths latentFlow', 'codeScore firstCode', 'latentData sigma', 'noiseRate standardDensity', 'dataDiffusion firstCode',
  // A diffusion as a prior.
  'continuousTime latentNoise', 'diffusedCode x', 'encoderScore noiseRate', 'encoder encoderScore', 'encoder standardDensity', 'encoderScore standardDensity', 'diffusedPrior firstCode',
  'encoder noiseRate', 'scoreNetwork startTime', 'continuousTime correctionNoise',
  // Energies and learned chains.
  'dataDistribution energyModel', 'dimensions modelSample', 'modelSample negativeSample',
  'returnStep startDensity', 'returnStep xEnd', 'forwardNoise returnStep', 'backwardNoise wholeTrajectory', 'flowDrift shrinkRate', 'backwardNoise standardDensity',
  'energy noisy', 'kernel parameters', 'energy firstDirection', 'energyModel pathVelocity', 'otherEnd symmetricPart', 'otherEnd scoreNetwork', 'scoreNetwork symmetricPart',
];

export const SAME_COLOUR: ReadonlySet<string> = new Set([...FOUNDATIONS, ...LATENT, ...DIFFUSION, ...CHAINS, ...WORDS, ...DENSITIES, ...REPRESENTATION, ...LANGUAGE, ...SCORES, ...PROCESSES, ...GAMES, ...HYBRIDS]);
