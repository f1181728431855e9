/* test-tex.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-tex-node.h"
#include "rnl-test.h"

#include <string.h>

/* A tree in brackets: kind, text, children. */
static void
describe (GString *out, const RnlTexNode *node)
{
  static const char *const names[]
    = { "row",   "",       "text",  "space", "script", "frac", "root",    "fence",
        "delim", "accent", "array", "line",  "style",  "box",  "phantom", "source" };

  if (node == NULL)
    {
      g_string_append_c (out, '-');
      return;
    }
  if (node->kind == RNL_TEX_SYMBOL)
    {
      g_string_append (out, node->text);
      return;
    }
  g_string_append_printf (out, "%s(", names[node->kind]);
  if (node->text != NULL)
    g_string_append_printf (out, "'%s'", node->text);
  if (node->right != NULL)
    g_string_append_printf (out, " '%s'", node->right);
  for (guint i = 0; i < rnl_tex_node_get_n_children (node); i++)
    {
      if (i > 0 || node->text != NULL)
        g_string_append_c (out, ' ');
      describe (out, rnl_tex_node_get_child (node, i));
    }
  g_string_append_c (out, ')');
}

static char *
parse (const char *source)
{
  g_autoptr (RnlTexNode) tree = rnl_tex_parse (source, -1);
  GString *out = g_string_new (NULL);

  describe (out, tree);

  return g_string_free (out, FALSE);
}

static const struct
{
  const char *source, *tree, *text;
} samples[] = {
  { "x^2", "row(script(x - row(2)))", "x²" },
  { "a_i^j", "row(script(a row(i) row(j)))", "aᵢʲ" },
  { "f''^2", "row(script(f - row(′ ′ 2)))", "f′′²" },
  { "12^{34}", "row(script(12 - row(row(34))))", "12³⁴" },
  { "x^12", "row(script(x - row(1)) 2)", "x¹2" },
  { "\\frac12", "row(frac(1 2))", "1/2" },
  { "\\frac{a+b}{2}", "row(frac(row(a + b) row(2)))", "(a + b)/2" },
  { "a+b \\over c", "row(frac(row(a + b) row(c)))", "(a + b)/c" },
  { "{n \\choose k}", "row(row(fence('(' ')' frac(row(n) row(k)))))", "(n ¦ k)" },
  { "\\sqrt[3]{x+1}", "row(root(row(x + 1) row(3)))", "³√(x + 1)" },
  { "\\alpha\\le\\beta", "row(α ≤ β)", "α ≤ β" },
  { "\\sum_{i=1}^n i", "row(script(∑ row(row(i = 1)) row(n)) i)", "∑ᵢ₌₁ⁿ i" },
  { "\\left(\\frac ab\\right]", "row(fence('(' ']' row(frac(a b))))", "(a/b]" },
  { "\\left. x \\right|_0", "row(script(fence('' '|' row(x)) row(0) -))", "x|₀" },
  { "\\bigl( x \\bigr)", "row(delim('(') x delim(')'))", "(x)" },
  { "\\hat{x}", "row(accent('hat' row(x)))", "x̂" },
  { "\\mathbb{R}", "row(row(ℝ))", "ℝ" },
  { "\\text{if } x", "row(row(text('if ')) x)", "if x" },
  { "\\operatorname{rank} A", "row(rank A)", "rank A" },
  { "\\mathrm{dx}", "row(row(dx))", "dx" },
  { "a\\quad b", "row(a space() b)", "a b" },
  { "\\color{red} x", "row(x)", "x" },
  { "\\textcolor{red}{x}", "row(row(x))", "x" },
  { "a \\not= b", "row(a ≠ b)", "a ≠ b" },
  { "-1", "row(− 1)", "−1" },
  { "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
    "row(fence('(' ')' array('c' line(row(a) row(b)) line(row(c) row(d)))))", "(a b; c d)" },
  { "\\begin{array}{l|c} 1 & 2 \\\\[2pt] \\hline 3 \\end{array}",
    "row(array('l|c' line(row(1) row(2)) line(row(3))))", "1 2; 3" },
  { "a &= b \\\\ &= c", "array(line(row(a) row(= b)) line(row() row(= c)))", "a = b; = c" },
  { "\\displaystyle x", "row(style(row(x)))", "x" },
};

static void
test_trees (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *tree = parse (samples[i].source);
      g_autoptr (RnlTexNode) node = rnl_tex_parse (samples[i].source, -1);
      g_autofree char *text = rnl_tex_node_to_text (node);

      g_assert_cmpstr (tree, ==, samples[i].tree);
      g_assert_cmpstr (text, ==, samples[i].text);
    }
}

/* What is not known or not closed is never lost and never fails. */
static void
test_broken (void)
{
  static const char *const pairs[][2] = {
    { "\\foo{x}", "row(source('\\foo') row(x))" },
    { "{a", "row(row(a))" },
    { "a}", "row(a })" },
    { "x^", "row(script(x - row(row())))" },
    { "^2", "row(script(- - row(2)))" },
    { "\\frac{a}", "row(frac(row(a) row()))" },
    { "\\left( a", "row(fence('(' '' row(a)))" },
    { "a \\right)", "row(a ))" },
    { "\\begin{matrix} a", "row(array('c' line(row(a))))" },
    { "\\begin", "row(source('\\begin'))" },
    { "\\end{matrix} a", "row(a)" },
    { "\\", "row(\\)" },
    { "\\sqrt[3", "row(root([ -) 3)" },
    { "", "row()" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *tree = parse (pairs[i][0]);

      g_assert_cmpstr (tree, ==, pairs[i][1]);
    }
}

static guint
measure_depth (const RnlTexNode *node)
{
  guint depth = 0;

  for (guint i = 0; node != NULL && i < rnl_tex_node_get_n_children (node); i++)
    {
      guint below = measure_depth (rnl_tex_node_get_child (node, i));

      depth = MAX (depth, below);
    }

  return depth + 1;
}

static guint
count_nodes (const RnlTexNode *node)
{
  guint n = 1;

  for (guint i = 0; node != NULL && i < rnl_tex_node_get_n_children (node); i++)
    n += count_nodes (rnl_tex_node_get_child (node, i));

  return n;
}

static void
test_bounds (void)
{
  static const char *const nested[] = { "{",        "\\sqrt",  "\\frac{", "\\left(",
                                        "x^{",      "\\hat",   "a_",      "\\begin{matrix}",
                                        "\\text{$", "\\sqrt[", "a\\over", "\\displaystyle",
                                        "\\not",    "&",       "\\\\",    "x'" };

  for (gsize i = 0; i < G_N_ELEMENTS (nested); i++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autoptr (RnlTexNode) tree = NULL;
      g_autofree char *text = NULL;

      while (source->len + strlen (nested[i]) < 16000)
        g_string_append (source, nested[i]);
      tree = rnl_tex_parse (source->str, -1);
      g_assert_cmpuint (measure_depth (tree), <, 160);
      g_assert_cmpuint (count_nodes (tree), <, 50000);
      text = rnl_tex_node_to_text (tree);
    }
}

static void
test_too_long (void)
{
  g_autofree char *source = g_strnfill (20000, 'x');
  g_autoptr (RnlTexNode) tree = rnl_tex_parse (source, -1);

  g_assert_cmpint (tree->kind, ==, RNL_TEX_SOURCE);
  g_assert_cmpstr (tree->text, ==, source);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/tex/trees", test_trees);
  g_test_add_func ("/tex/broken", test_broken);
  g_test_add_func ("/tex/bounds", test_bounds);
  g_test_add_func ("/tex/too-long", test_too_long);

  return g_test_run ();
}
