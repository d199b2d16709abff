/** Unicode mathematics by the control word that means the same. */
const CHARACTERS = `∂ partial ∇ nabla × times · cdot ⋅ cdot ∗ ast ⊙ odot ∘ circ ⊗ otimes ⊘ oslash ⊕ oplus ÷ div ⋆ star
  ≤ le ≥ ge ≠ ne ≈ approx ≃ simeq ≅ cong ≡ equiv ∼ sim ∝ propto ∈ in ∉ notin ⊂ subset ⊆ subseteq ≜ triangleq ≔ coloneqq
  → to ⟶ to ↦ mapsto ← gets ⇒ Rightarrow ⟹ implies ⇐ Leftarrow ⇔ iff ∴ therefore ∀ forall ∃ exists ∑ sum Σ Sigma ∏ prod
  Π Pi ∫ int √ sqrt … dots ⋯ cdots ⋮ vdots ⋱ ddots ∞ infty ∅ emptyset ℝ R ℕ N ℓ ell ± pm ∓ mp ⟨ langle ⟩ rangle
  ‖ Vert ∥ Vert ∣ mid ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ⊤ top † dagger α alpha β beta γ gamma δ delta ε varepsilon
  ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda μ mu µ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma
  ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta ∆ Delta Θ Theta Λ Lambda Ξ Xi Υ Upsilon
  Φ Phi Ψ Psi Ω Omega`

const pairs = CHARACTERS.trim().split(/\s+/)

/** The control word of a character; a whole alphabet of mathematical letters is handled by normalisation instead. */
export const CONTROL_OF: ReadonlyMap<string, string> = new Map(
  pairs.flatMap((character, i) => (i % 2 === 0 ? [[character, pairs[i + 1]!] as const] : [])),
)

/** Raised and lowered characters, by what they raise or lower; a run of them is one script. */
export const RAISED: ReadonlyMap<string, string> = new Map([
  ...'⁰0 ¹1 ²2 ³3 ⁴4 ⁵5 ⁶6 ⁷7 ⁸8 ⁹9 ⁺+ ⁻- ⁽( ⁾) ᵀT ᵗt ⁿn ⁱi ᵏk ʲj ˡl ᵐm'.split(' ').map(pair),
])

export const LOWERED: ReadonlyMap<string, string> = new Map([
  ...'₀0 ₁1 ₂2 ₃3 ₄4 ₅5 ₆6 ₇7 ₈8 ₉9 ₊+ ₋- ₍( ₎) ᵢi ⱼj ₖk ₗl ₘm ₙn ₚp ₜt ₓx'.split(' ').map(pair),
])

function pair(text: string): [string, string] {
  return [text[0]!, text[1]!]
}

/** Typographic stand-ins for ASCII characters. */
export const PLAIN_OF: ReadonlyMap<string, string> = new Map(
  [
    ['−', '-'],
    ['–', '-'],
    ['′', "'"],
    ['’', "'"],
    ['‘', "'"],
    ['`', "'"],
    ['″', "''"],
    ['，', ','],
    ['；', ';'],
    ['。', '.'],
    ['：', ':'],
    ['（', '('],
    ['）', ')'],
    ['＝', '='],
  ].map(([from, to]) => [from!, to!] as const),
)
