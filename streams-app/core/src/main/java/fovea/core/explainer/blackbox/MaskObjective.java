package fovea.core.explainer.blackbox;

/**
 * What a mask costs: {@code max(0, (f(x) − f(x ⊙ m)) ÷ (f(x) − f(fill)))² + λ · mean(m)}.
 *
 * @param label index into the question's labels
 * @param clean f(x)
 * @param span f(x) − f(fill), not 0
 * @param sparsity λ
 */
record MaskObjective(int label, double clean, double span, double sparsity) {

  double value(double[] scores, float[] mask) {
    double mean = 0;
    for (float m : mask) {
      mean += m;
    }
    double lost = Math.max(0, (clean - scores[label]) / span);
    return lost * lost + sparsity * mean / mask.length;
  }
}
