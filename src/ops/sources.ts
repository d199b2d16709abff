/**
 * Where the formulas are from, by key. A rule names its source as `key` or `key:place`, the place being a number of
 * an equation, a section or a topic in that work.
 */
export const sources: ReadonlyMap<string, string> = new Map([
  [
    'matrix-cookbook',
    'K. B. Petersen and M. S. Pedersen, The Matrix Cookbook, Technical University of Denmark, version of 15 November 2012 (numbers of equations)',
  ],
  [
    'magnus-neudecker',
    'J. R. Magnus and H. Neudecker, Matrix Differential Calculus with Applications in Statistics and Econometrics, 3rd edition, Wiley, 2019 (chapters)',
  ],
  [
    'giles',
    'M. B. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation, Advances in Automatic Differentiation, Springer, 2008 (sections)',
  ],
  [
    'parr-howard',
    'T. Parr and J. Howard, The Matrix Calculus You Need For Deep Learning, arXiv:1802.01528, 2018 (sections)',
  ],
  [
    'nielsen',
    'M. A. Nielsen, Neural Networks and Deep Learning, Determination Press, 2015 (chapters; BP1 to BP4)',
  ],
  [
    'clark',
    'K. Clark, Computing Neural Network Gradients, notes of the course CS224n, Stanford University, 2019 (numbers of identities)',
  ],
  ['cs231n', 'A. Karpathy and others, notes of the course CS231n, Stanford University (pages)'],
  ['goodfellow', 'I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press, 2016 (sections)'],
  [
    'boyd-vandenberghe',
    'S. Boyd and L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004 (sections)',
  ],
  [
    'calculus',
    'M. Spivak, Calculus, 4th edition, Publish or Perish, 2008; found in every textbook of calculus (topics)',
  ],
  [
    'abramowitz-stegun',
    'M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, National Bureau of Standards, 1964 (numbers of equations)',
  ],
  [
    'concrete-mathematics',
    'R. L. Graham, D. E. Knuth and O. Patashnik, Concrete Mathematics, 2nd edition, Addison-Wesley, 1994 (sections)',
  ],
  [
    'glorot-bengio',
    'X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS, 2010 (sections)',
  ],
  ['algebra', 'Found in every textbook of algebra: the laws of a commutative ring, and of matrices over one'],
  ['author', 'Declared by the author of the document'],
  ['collobert', 'R. Collobert, Large Scale Machine Learning, doctoral thesis, Université Paris VI, 2004'],
  ['howard', 'A. Howard and others, Searching for MobileNetV3, ICCV, 2019 (sections)'],
  ['klambauer', 'G. Klambauer and others, Self-Normalizing Neural Networks, NeurIPS, 2017 (sections)'],
  [
    'hendrycks-gimpel',
    'D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415, 2016 (sections)',
  ],
  ['misra', 'D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, BMVC, 2020 (sections)'],
  [
    'maas',
    'A. L. Maas, A. Y. Hannun and A. Y. Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, ICML, 2013 (sections)',
  ],
  [
    'clevert',
    'D.-A. Clevert, T. Unterthiner and S. Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units, ICLR, 2016 (sections)',
  ],
  [
    'barron',
    'J. T. Barron, Continuously Differentiable Exponential Linear Units, arXiv:1704.07483, 2017 (sections)',
  ],
  [
    'ramachandran',
    'P. Ramachandran, B. Zoph and Q. V. Le, Searching for Activation Functions, arXiv:1710.05941, 2017 (sections)',
  ],
  [
    'ba-kiros-hinton',
    'J. L. Ba, J. R. Kiros and G. E. Hinton, Layer Normalization, arXiv:1607.06450, 2016 (sections)',
  ],
  ['vaswani', 'A. Vaswani and others, Attention Is All You Need, NeurIPS, 2017 (sections)'],
  [
    'srinivasan-panda',
    'S. Srinivasan and N. Panda, What is the gradient of a scalar function of a symmetric matrix?, Indian Journal of Pure and Applied Mathematics 54, 2023 (sections)',
  ],
])

/** The full citation of a rule's source, or undefined for an unknown key. */
export function citation(source: string): string | undefined {
  return sources.get(source.split(':')[0]!)
}
