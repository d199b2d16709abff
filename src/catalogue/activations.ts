import type { CatalogueEntry } from './entry.js'

const REAL = ['z in R']
const VECTOR = ['z in R^K']

/** Derivatives of activation functions. */
export const activationEntries: readonly CatalogueEntry[] = [
  {
    id: 'sigmoid',
    name: 'derivative of the sigmoid',
    statements: [
      "\\sigma'(z)=\\sigma(z)\\,(1-\\sigma(z))",
      "\\Big(\\frac{1}{1+e^{-z}}\\Big)'=\\frac{e^{-z}}{(1+e^{-z})^2}",
    ],
    level: 'normal',
    source: 'nielsen:2',
    sentence: 'The value times what it lacks to one.',
    instances: [
      { declarations: REAL, function: 'sigmoid(z)', variable: 'z', answer: 'sigmoid(z)*(1 - sigmoid(z))' },
      {
        declarations: REAL,
        definitions: ['a = sigmoid(z)', 'C = a^2'],
        function: 'C',
        variable: 'z',
        answer: '2*a^2*(1 - a)',
      },
      {
        declarations: REAL,
        function: '1/(1 + exp(-z))',
        variable: 'z',
        answer: 'exp(-z)/(1 + exp(-z))^2',
      },
      {
        declarations: VECTOR,
        function: 'sigmoid(z)',
        variable: 'z',
        answer: 'diag(sigmoid(z) .* (1 - sigmoid(z)))',
      },
    ],
  },
  {
    id: 'tanh',
    name: 'derivative of tanh',
    statements: ["\\tanh'(z)=1-\\tanh^2(z)"],
    level: 'normal',
    source: 'abramowitz-stegun:4.5.73',
    sentence: 'One minus the square of the value.',
    instances: [
      { declarations: REAL, function: 'tanh(z)', variable: 'z', answer: '1 - tanh(z)^2' },
      { declarations: VECTOR, function: 'tanh(z)', variable: 'z', answer: 'diag(1 - tanh(z).^2)' },
    ],
  },
  {
    id: 'relu',
    name: 'derivative of the rectifier',
    statements: ["\\operatorname{ReLU}'(z)=\\mathbb{1}[z>0]"],
    level: 'normal',
    source: 'cs231n:optimization-2',
    sentence: 'One where the unit is active, nothing where it is not.',
    instances: [
      { declarations: REAL, function: 'relu(z)', variable: 'z', answer: 'z > 0' },
      { declarations: REAL, function: 'max(0, z)', variable: 'z', answer: 'z > 0' },
    ],
    note: 'no derivative at 0; 0 is used there',
  },
  {
    id: 'leaky-relu',
    name: 'derivative of the leaky rectifier',
    statements: [
      "\\operatorname{LeakyReLU}_\\alpha'(z)=\\begin{cases}1&z>0\\\\\\alpha&\\text{otherwise}\\end{cases}",
      '\\frac{\\partial}{\\partial\\alpha}\\operatorname{LeakyReLU}_\\alpha(z)=\\min(z,0)',
    ],
    level: 'normal',
    source: 'maas:2',
    sentence: 'Slope one on the right, the small slope on the left.',
    instances: [
      {
        declarations: ['z in R', 'alpha in R'],
        function: 'where(z > 0, z, alpha*z)',
        variable: 'z',
        answer: 'where(z > 0, 1, alpha)',
      },
      {
        declarations: ['z in R', 'alpha in R'],
        function: 'leakyrelu(z, alpha)',
        variable: 'z',
        answer: 'where(z > 0, 1, alpha)',
      },
      {
        declarations: ['z in R', 'alpha in R'],
        function: 'leakyrelu(z, alpha)',
        variable: 'alpha',
        answer: 'min(z, 0)',
      },
    ],
    note: 'no derivative at 0; the left slope is used there',
  },
  {
    id: 'elu',
    name: 'derivative of ELU',
    statements: [
      "\\operatorname{ELU}_\\alpha'(z)=\\begin{cases}1&z>0\\\\\\alpha e^z&\\text{otherwise}\\end{cases}",
    ],
    level: 'normal',
    source: 'clevert:3',
    sentence: 'A line on the right, a decaying exponential on the left.',
    instances: [
      {
        declarations: ['z in R', 'alpha in R'],
        function: 'where(z > 0, z, alpha*(exp(z) - 1))',
        variable: 'z',
        answer: 'where(z > 0, 1, alpha*exp(z))',
      },
      {
        declarations: ['z in R', 'alpha in R'],
        function: 'elu(z, alpha)',
        variable: 'z',
        answer: 'where(z > 0, 1, alpha*exp(z))',
      },
    ],
    note: 'smooth at 0 only for alpha equal to 1; the left slope is used there',
  },
  {
    id: 'selu',
    name: 'derivative of SELU',
    statements: [
      "\\operatorname{SELU}'(z)=\\lambda\\begin{cases}1&z>0\\\\\\alpha e^z&\\text{otherwise}\\end{cases}",
    ],
    level: 'normal',
    source: 'klambauer:2',
    sentence: 'The exponential unit with two fixed constants, one of them a common scale.',
    instances: [
      {
        declarations: ['z in R', 'alpha in R', 'lambda in R'],
        function: 'lambda*where(z > 0, z, alpha*exp(z) - alpha)',
        variable: 'z',
        answer: 'lambda*where(z > 0, 1, alpha*exp(z))',
      },
    ],
    note: 'no derivative at 0; the left slope is used there',
  },
  {
    id: 'softplus',
    name: 'derivative of softplus',
    statements: ["\\big(\\ln(1+e^z)\\big)'=\\sigma(z)"],
    level: 'normal',
    source: 'goodfellow:3.10',
    sentence: 'The smooth rectifier rises with the logistic function as its slope.',
    instances: [
      { declarations: REAL, function: 'softplus(z)', variable: 'z', answer: 'sigmoid(z)' },
      { declarations: REAL, function: 'log(1 + exp(z))', variable: 'z', answer: 'sigmoid(z)' },
    ],
  },
  {
    id: 'softsign',
    name: 'derivative of softsign',
    statements: ["\\Big(\\frac{z}{1+|z|}\\Big)'=\\frac{1}{(1+|z|)^2}"],
    level: 'normal',
    source: 'glorot-bengio:2.2',
    sentence: 'The absolute value in the numerator cancels, on both sides of zero.',
    instances: [
      { declarations: REAL, function: 'softsign(z)', variable: 'z', answer: '1/(1 + abs(z))^2' },
      { declarations: REAL, function: 'z/(1 + abs(z))', variable: 'z', answer: '1/(1 + abs(z))^2' },
    ],
  },
  {
    id: 'swish',
    name: 'derivative of swish',
    statements: [
      "\\big(z\\,\\sigma(\\beta z)\\big)'=\\sigma(\\beta z)+\\beta z\\,\\sigma(\\beta z)\\,(1-\\sigma(\\beta z))",
    ],
    level: 'normal',
    source: 'ramachandran:2',
    sentence: 'Product rule: the gate, plus the argument times the change of the gate.',
    instances: [
      {
        declarations: REAL,
        function: 'z*sigmoid(z)',
        variable: 'z',
        answer: 'sigmoid(z) + z*sigmoid(z)*(1 - sigmoid(z))',
      },
      {
        declarations: ['z in R', 'beta in R'],
        function: 'z*sigmoid(beta*z)',
        variable: 'z',
        answer: 'sigmoid(beta*z)*(1 + beta*z*(1 - sigmoid(beta*z)))',
      },
    ],
  },
  {
    id: 'gelu',
    name: 'derivative of GELU',
    statements: [
      "\\big(z\\,\\Phi(z)\\big)'=\\Phi(z)+z\\,\\varphi(z)",
      "\\tfrac12(1+\\tanh q)+\\tfrac12z(1-\\tanh^2 q)\\,q'",
    ],
    level: 'normal',
    source: 'hendrycks-gimpel:2',
    sentence: 'Product rule; the exact function and its tanh form are two functions with two derivatives.',
    instances: [
      {
        declarations: REAL,
        function: 'gelu(z)',
        variable: 'z',
        answer: '1/2*(1 + erf(z/sqrt(2))) + z*exp(-z^2/2)/sqrt(2*pi)',
      },
      {
        declarations: ['z in R', 'c in R', 'b in R'],
        definitions: ['q = c*(z + b*z^3)', 'y = 1/2*z*(1 + tanh(q))'],
        function: 'y',
        variable: 'z',
        answer: '1/2*(1 + tanh(q)) + 1/2*z*(1 - tanh(q)^2)*c*(1 + 3*b*z^2)',
      },
    ],
  },
  {
    id: 'hard-tanh',
    name: 'derivative of hard tanh',
    statements: ["\\operatorname{hardtanh}'(z)=\\mathbb{1}[-1<z<1]"],
    level: 'normal',
    source: 'collobert:hard-tanh',
    sentence: 'One between the corners and zero where the value is clipped.',
    instances: [
      { declarations: REAL, function: 'hardtanh(z)', variable: 'z', answer: '(z > -1) && (z < 1)' },
    ],
    note: 'no derivative at -1 and 1; 0 is used there',
  },
  {
    id: 'hard-sigmoid',
    name: 'derivatives of the hard sigmoid, hard swish and ReLU6',
    statements: [
      "\\operatorname{hardsigmoid}'(z)=\\tfrac16\\mathbb{1}[-3<z<3]",
      "\\operatorname{hardswish}'(z)=\\tfrac{2z+3}{6}\\quad(-3<z<3)",
      "\\operatorname{ReLU6}'(z)=\\mathbb{1}[0<z<6]",
    ],
    level: 'normal',
    source: 'howard:5.2',
    sentence: 'Pieces of lines and of a parabola, differentiated piece by piece.',
    instances: [
      {
        declarations: REAL,
        function: 'hardsigmoid(z)',
        variable: 'z',
        answer: '1/6*((z > -3) && (z < 3))',
      },
      { declarations: REAL, function: 'relu6(z)', variable: 'z', answer: '(z > 0) && (z < 6)' },
      {
        declarations: REAL,
        function: 'where(z < -3, 0, z < 3, z*(z + 3)/6, z)',
        variable: 'z',
        answer: 'where(z < -3, 0, z < 3, 1/3*z + 1/2, 1)',
      },
    ],
    note: 'no derivative at the corners; 0 is used at those of the hard sigmoid and of ReLU6',
  },
  {
    id: 'mish',
    name: 'derivative of mish',
    statements: [
      '\\tanh\\omega+z\\,\\sigma(z)\\,(1-\\tanh^2\\omega),\\quad\\omega=\\operatorname{softplus}(z)',
    ],
    level: 'normal',
    source: 'misra:2',
    sentence: 'Product rule, then the slopes of tanh and softplus by the chain rule.',
    instances: [
      {
        declarations: REAL,
        definitions: ['w = softplus(z)', 'y = z*tanh(w)'],
        function: 'y',
        variable: 'z',
        answer: 'tanh(w) + z*sigmoid(z)*(1 - tanh(w)^2)',
      },
    ],
  },
  {
    id: 'log-sigmoid',
    name: 'derivative of the log-sigmoid',
    statements: ["\\big(\\ln\\sigma(z)\\big)'=1-\\sigma(z)"],
    level: 'normal',
    source: 'goodfellow:3.10',
    sentence: 'The logarithm puts the sigmoid below the line, where it cancels.',
    instances: [
      { declarations: REAL, function: 'logsigmoid(z)', variable: 'z', answer: '1 - sigmoid(z)' },
      { declarations: REAL, function: 'log(sigmoid(z))', variable: 'z', answer: '1 - sigmoid(z)' },
    ],
  },
  {
    id: 'softmax',
    name: 'Jacobian of softmax',
    statements: [
      '\\frac{\\partial s}{\\partial z}=\\operatorname{diag}(s)-ss^\\top',
      '\\bar z=s\\odot\\big(v-(s^\\top v)\\mathbf{1}\\big)',
    ],
    level: 'brief',
    source: 'clark:3',
    sentence: 'Every output depends on every input, because the outputs add up to one.',
    instances: [
      {
        declarations: VECTOR,
        definitions: ['s = softmax(z)'],
        function: 's',
        variable: 'z',
        answer: "diag(s) - s*s'",
      },
      {
        declarations: VECTOR,
        definitions: ['s = exp(z)/sum(exp(z))'],
        function: 's',
        variable: 'z',
        answer: "diag(s) - s*s'",
      },
      {
        declarations: ['z in R^K', 'tau in R_{>0}'],
        definitions: ['s = softmax(z/tau)'],
        function: 's',
        variable: 'z',
        answer: "1/tau*(diag(s) - s*s')",
      },
      {
        declarations: ['z in R^K', 'v in R^K'],
        definitions: ['s = softmax(z)', "L = v'*s"],
        function: 'L',
        variable: 'z',
        answer: "s .* (v - s'*v*ones(K))",
      },
    ],
  },
  {
    id: 'log-softmax',
    name: 'Jacobian of log-softmax',
    statements: ['\\frac{\\partial\\ln s}{\\partial z}=I-\\mathbf{1}s^\\top'],
    level: 'normal',
    source: 'clark:3',
    sentence:
      'Dividing each row of the Jacobian of softmax by its probability leaves the identity and one row.',
    instances: [
      {
        declarations: VECTOR,
        definitions: ['s = softmax(z)', 'q = log(s)'],
        function: 'q',
        variable: 'z',
        answer: "eye(K) - ones(K)*s'",
      },
      {
        declarations: VECTOR,
        function: 'logsoftmax(z)',
        variable: 'z',
        answer: "eye(K) - ones(K)*softmax(z)'",
      },
    ],
  },
  {
    id: 'log-sum-exp',
    name: 'gradient of log-sum-exp',
    statements: ['\\nabla\\operatorname{lse}(z)=\\operatorname{softmax}(z)'],
    level: 'normal',
    source: 'boyd-vandenberghe:3.1.5',
    sentence: 'The smooth maximum is shared out by the probabilities; its Hessian is that of softmax.',
    instances: [
      { declarations: VECTOR, function: 'logsumexp(z)', variable: 'z', answer: 'softmax(z)' },
      { declarations: VECTOR, function: 'log(sum(exp(z)))', variable: 'z', answer: 'softmax(z)' },
      {
        declarations: VECTOR,
        function: 'log(sum(exp(z)))',
        variable: 'z',
        order: 2,
        answer: "diag(softmax(z)) - softmax(z)*softmax(z)'",
      },
    ],
  },
]
