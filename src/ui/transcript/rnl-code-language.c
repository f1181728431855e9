/* rnl-code-language.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-language.h"

#include <glib/gi18n.h>
#include <string.h>

/* Words that families of languages share. */
#define C_FLOW " break case continue default do else for goto if return sizeof switch while "
#define C_WORDS                                                                                    \
  C_FLOW " const enum extern inline register restrict static struct typedef union volatile "
#define C_TYPES                                                                                    \
  " bool char double float int int8_t int16_t int32_t int64_t long short signed size_t "           \
  "ssize_t uint8_t uint16_t uint32_t uint64_t unsigned void NULL true false "
#define CPP_WORDS                                                                                  \
  C_WORDS                                                                                          \
  " and auto catch class concept consteval constexpr co_await co_return co_yield "                 \
  "decltype delete explicit export final friend import module mutable namespace new noexcept "     \
  "not operator or override private protected public requires static_assert template this "        \
  "throw try typeid typename using virtual "
#define JS_WORDS                                                                                   \
  " async await break case catch class const continue debugger default delete do else export "     \
  "extends finally for from function get if import in instanceof let new of return set static "    \
  "super switch this throw try typeof var void while with yield "
#define JS_TYPES                                                                                   \
  " Array Boolean Error false Infinity JSON Map Math NaN null Number Object Promise Set String "   \
  "true undefined "
#define TS_WORDS                                                                                   \
  JS_WORDS " abstract as declare enum implements infer interface is keyof namespace override "     \
           "private protected public readonly satisfies type "
#define JAVA_WORDS                                                                                 \
  " abstract assert break case catch class continue default do else enum extends final "           \
  "finally for if implements import instanceof interface native new package permits private "      \
  "protected public record return sealed static super switch synchronized this throw throws "      \
  "transient try var volatile while yield "
#define NUMBERS " boolean byte char double float int long short void "

static const RnlCodeLanguage languages[] = {
  { "C", " c h ", "//", "/*", "*/", "\"'", NULL, C_WORDS, C_TYPES, RNL_CODE_PREPROCESSOR },
  { "C++", " c++ cpp cc cxx hpp hh ino ", "//", "/*", "*/", "\"'", NULL, CPP_WORDS,
    C_TYPES " nullptr string vector wchar_t ", RNL_CODE_PREPROCESSOR },
  { "C#", " c# cs csharp ", "//", "/*", "*/", "\"'", NULL,
    JAVA_WORDS
    " as async await base checked const delegate event explicit extern fixed foreach get goto "
    "implicit in init internal is lock namespace nameof operator out override params partial "
    "readonly ref required select set sizeof stackalloc string struct typeof unchecked unsafe "
    "using value virtual when where with ",
    NUMBERS " bool decimal dynamic false null object sbyte string true uint ulong ushort ",
    RNL_CODE_PREPROCESSOR },
  { "CSS", " css less sass scss ", "//", "/*", "*/", "\"'", NULL,
    " and important media not only or ", " auto block flex grid inherit initial none ",
    RNL_CODE_KEYS | RNL_CODE_ANNOTATIONS },
  { "Dart", " dart ", "//", "/*", "*/", "\"'", "\"\"\" '''",
    JS_WORDS
    " abstract as covariant deferred dynamic enum external factory final implements interface is "
    "late library mixin on operator part required rethrow sealed show sync typedef when ",
    " bool double dynamic false Future int List Map null num Object String true void ",
    RNL_CODE_ANNOTATIONS },
  { "Diff", " diff patch ", NULL, NULL, NULL, "", NULL, "", "", RNL_CODE_PATCH },
  { "Dockerfile", " dockerfile docker containerfile ", "#", NULL, NULL, "\"'", NULL,
    " add arg as cmd copy entrypoint env expose from healthcheck label onbuild run shell "
    "stopsignal user "
    "volume workdir ",
    "", RNL_CODE_CASELESS | RNL_CODE_VARIABLES },
  { "Go", " go golang ", "//", "/*", "*/", "\"'", "`",
    " break case chan const continue default defer else fallthrough for func go goto if import "
    "interface "
    "map package range return select struct switch type var ",
    " any bool byte complex128 complex64 error false float32 float64 int int16 int32 int64 int8 "
    "iota nil "
    "rune string true uint uint16 uint32 uint64 uint8 uintptr ",
    0 },
  { "Haskell", " haskell hs ", "--", "{-", "-}", "\"", NULL,
    " case class data default deriving do else forall if import in infix infixl infixr instance "
    "let module "
    "newtype of qualified then type where ",
    " Bool Char Double Either False Float IO Int Integer Just Left Maybe Nothing Right String "
    "True ",
    0 },
  { "HTML", " html htm xhtml vue svelte ", NULL, "<!--", "-->", "\"'", NULL, "", "",
    RNL_CODE_MARKUP },
  { "INI", " ini cfg conf desktop properties env ", "# ;", NULL, NULL, "\"", NULL, "",
    " false no off on true yes ", RNL_CODE_KEYS },
  { "Java", " java ", "//", "/*", "*/", "\"'", "\"\"\"", JAVA_WORDS,
    NUMBERS " false Integer List Map null Object String true ", RNL_CODE_ANNOTATIONS },
  { "JavaScript", " javascript js jsx mjs cjs node ", "//", "/*", "*/", "\"'", "`", JS_WORDS,
    JS_TYPES, 0 },
  { "JSON", " json json5 jsonc jsonl ndjson ", "//", "/*", "*/", "\"", NULL, "",
    " false null true ", RNL_CODE_KEYS },
  { "Julia", " julia jl ", "#", "#=", "=#", "\"", "\"\"\"",
    " abstract baremodule begin break catch const continue do else elseif end export finally for "
    "function "
    "global if import in isa let local macro module mutable quote return struct try using where "
    "while ",
    " Any Bool Char false Float32 Float64 Int Int64 missing nothing String true ",
    RNL_CODE_ANNOTATIONS },
  { "Kotlin", " kotlin kt kts ", "//", "/*", "*/", "\"'", "\"\"\"",
    JAVA_WORDS
    " as by companion constructor data fun in init inline inner internal is it lateinit object "
    "open operator out override reified suspend tailrec typealias val vararg when where ",
    " Any Boolean Byte Char Double false Float Int List Long Map null Set Short String true Unit ",
    RNL_CODE_ANNOTATIONS },
  { "LaTeX", " latex tex ", "%", NULL, NULL, "", NULL,
    " begin documentclass end section usepackage ", "", 0 },
  { "Lua", " lua ", "--", "--[[", "]]", "\"'", NULL,
    " and break do else elseif end for function goto if in local not or repeat return then until "
    "while ",
    " false nil self true ", 0 },
  { "Makefile", " makefile make mk ", "#", NULL, NULL, "\"'", NULL,
    " define else endef endif export ifdef ifeq ifndef ifneq include override ", "",
    RNL_CODE_VARIABLES | RNL_CODE_KEYS },
  { "Meson", " meson meson.build ", "#", NULL, NULL, "'", "'''",
    " and break continue elif else endforeach endif foreach if in not or ", " false true ", 0 },
  { "Nix", " nix ", "#", "/*", "*/", "\"", "''", " assert else if in inherit let or rec then with ",
    " false null true ", RNL_CODE_KEYS },
  { "Perl", " perl pl pm ", "#", NULL, NULL, "\"'", NULL,
    " and cmp die do else elsif eq for foreach given if last local my ne next not or our package "
    "redo "
    "require return say sub unless until use when while xor ",
    " undef ", RNL_CODE_VARIABLES },
  { "PHP", " php ", "// #", "/*", "*/", "\"'", NULL,
    JAVA_WORDS
    " and array as clone const declare echo elseif empty endforeach endif fn foreach function "
    "global goto include insteadof isset list match namespace or print readonly require "
    "require_once trait unset use xor ",
    " bool false float int mixed null self string true void ", RNL_CODE_VARIABLES },
  { "PowerShell", " powershell ps1 pwsh ", "#", "<#", "#>", "\"'", NULL,
    " begin break catch class continue do else elseif end exit filter finally for foreach function "
    "if in "
    "param process return switch throw trap try until using while ",
    "", RNL_CODE_VARIABLES | RNL_CODE_CASELESS },
  { "Protocol Buffers", " proto protobuf ", "//", "/*", "*/", "\"'", NULL,
    " enum extend import message oneof option package repeated required reserved returns rpc "
    "service stream "
    "syntax optional map ",
    " bool bytes double false fixed32 fixed64 float int32 int64 sint32 sint64 string true uint32 "
    "uint64 ",
    0 },
  { "Python", " python py python3 py3 pyi ipython ", "#", NULL, NULL, "\"'", "\"\"\" '''",
    " and as assert async await break case class continue def del elif else except finally for "
    "from global "
    "if import in is lambda match nonlocal not or pass raise return try while with yield ",
    " bool bytes cls dict False float frozenset int list None object self set str True tuple ",
    RNL_CODE_ANNOTATIONS },
  { "R", " r rlang ", "#", NULL, NULL, "\"'", NULL,
    " break else for function if in library next repeat return while ",
    " FALSE Inf NA NaN NULL TRUE ", 0 },
  { "Ruby", " ruby rb ", "#", NULL, NULL, "\"'", NULL,
    " alias and begin break case class def do else elsif end ensure extend for if in include "
    "module next "
    "not or private protected public raise redo require require_relative rescue retry return super "
    "then "
    "undef unless until when while yield ",
    " false nil self true ", RNL_CODE_ANNOTATIONS },
  { "Rust", " rust rs ", "//", "/*", "*/", "\"'", NULL,
    " as async await break const continue crate dyn else enum extern fn for if impl in let loop "
    "match mod "
    "move mut pub ref return static struct super trait type union unsafe use where while ",
    " bool Box char Err f32 f64 false i128 i16 i32 i64 i8 isize None Ok Option Result self Self "
    "Some str "
    "String true u128 u16 u32 u64 u8 usize Vec ",
    RNL_CODE_LIFETIMES },
  { "Scala", " scala sc ", "//", "/*", "*/", "\"'", "\"\"\"",
    JAVA_WORDS
    " def derives export extension given implicit lazy match object override then trait type "
    "using val with ",
    " Any Boolean Double false Int List Long Map null Option Seq String true Unit ",
    RNL_CODE_ANNOTATIONS },
  { "Shell", " sh bash shell console zsh fish ksh terminal shellsession shell-session ", "#", NULL,
    NULL, "\"'`", NULL,
    " case cd do done echo elif else esac exit export fi for function if in local read return "
    "select set "
    "shift source sudo then trap unset until while ",
    "", RNL_CODE_VARIABLES },
  { "SQL", " sql mysql postgresql postgres sqlite plsql tsql ", "--", "/*", "*/", "'\"", NULL,
    " add all alter and as asc begin between by cascade case check column commit constraint create "
    "cross "
    "database default delete desc distinct drop else end except exists explain foreign from full "
    "group "
    "having if in index inner insert intersect into is join key left like limit not offset on or "
    "order "
    "outer over partition primary recursive references returning right rollback select set table "
    "then "
    "transaction trigger union unique update using values view when where with ",
    " bigint blob boolean char date decimal double false float int integer json numeric null real "
    "serial "
    "smallint text time timestamp true uuid varchar ",
    RNL_CODE_CASELESS },
  { "Swift", " swift ", "//", "/*", "*/", "\"", "\"\"\"",
    " actor as associatedtype async await break case catch class continue default defer deinit do "
    "else enum "
    "extension fallthrough fileprivate for func guard if import in init inout internal is let open "
    "operator "
    "private protocol public repeat rethrows return static struct subscript super switch throw "
    "throws try "
    "typealias var where while ",
    " Any Array Bool Character Dictionary Double false Float Int nil self Self String true Void ",
    RNL_CODE_ANNOTATIONS },
  { "TOML", " toml ", "#", NULL, NULL, "\"'", "\"\"\" '''", "", " false true ", RNL_CODE_KEYS },
  { "TypeScript", " typescript ts tsx mts cts ", "//", "/*", "*/", "\"'", "`", TS_WORDS,
    JS_TYPES " any bigint boolean never number object string symbol unknown ",
    RNL_CODE_ANNOTATIONS },
  { "Vala", " vala ", "//", "/*", "*/", "\"'", "\"\"\"",
    JAVA_WORDS
    " as async construct delegate foreach get in namespace out override owned ref set signal "
    "sizeof struct typeof unowned using virtual weak ",
    NUMBERS " bool false int64 null size_t string true uint uint64 ", RNL_CODE_PREPROCESSOR },
  { "XML", " xml svg xsd xslt ui rss ", NULL, "<!--", "-->", "\"'", NULL, "", "", RNL_CODE_MARKUP },
  { "YAML", " yaml yml ", "#", NULL, NULL, "\"'", NULL, "", " false no null off on true yes ",
    RNL_CODE_KEYS },
  { "Zig", " zig ", "//", NULL, NULL, "\"'", NULL,
    " and break catch comptime const continue defer else enum errdefer error export extern fn for "
    "if inline "
    "or orelse packed pub return struct switch test try union unreachable usingnamespace var "
    "while ",
    " anytype bool f32 f64 false i32 i64 null true type u32 u64 u8 undefined usize void ",
    RNL_CODE_ANNOTATIONS },
};

/**
 * rnl_code_language_find:
 * @name: (nullable): the first word after a fence
 *
 * Returns: (transfer none) (nullable): the language, or `NULL` when it is not known
 */
const RnlCodeLanguage *
rnl_code_language_find (const char *name)
{
  g_autofree char *lower = NULL;
  g_autofree char *word = NULL;

  if (name == NULL || strchr (name, ' ') != NULL)
    return NULL;
  lower = g_ascii_strdown (name, -1);
  word = g_strdup_printf (" %s ", lower);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strstr (languages[i].names, word) != NULL)
      return &languages[i];

  return NULL;
}

/**
 * rnl_code_language_get_title:
 * @name: (nullable): the first word after a fence
 *
 * Returns: (transfer none): what to call the language for people; translated
 */
const char *
rnl_code_language_get_title (const char *name)
{
  const RnlCodeLanguage *language = rnl_code_language_find (name);

  if (language != NULL)
    return language->title;

  return name != NULL ? name : _ ("Code");
}
