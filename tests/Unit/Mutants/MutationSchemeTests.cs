using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Verification.Mutations;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutationSchemeTests
{
    private static readonly HashSet<string> None = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("if (a > 1) B();", "negated-condition", "!(a > 1)")]
    [InlineData("if (a > 1) B();", "moved-boundary", "a >= 1")]
    [InlineData("if (a && b) B();", "weakened-condition", "a")]
    [InlineData("C(32);", "changed-number", "16")]
    [InlineData("C(32);", "changed-number", "(32 + 1)")]
    [InlineData("C(a + 1);", "changed-arithmetic", "a - 1")]
    [InlineData("C(\"x\");", "empty-text", "\"\"")]
    [InlineData("C(TimeSpan.FromSeconds(3));", "endless-time", "global::System.Threading.Timeout.InfiniteTimeSpan")]
    [InlineData("return a is null;", "changed-return", "!(a is null)")]
    [InlineData("C(a ?? b);", "forgotten-fallback", "b")]
    [InlineData("foreach (var x in xs) C(x);", "changed-collection", "global::System.Linq.Enumerable.Take(xs, 1)")]
    [InlineData("foreach (var x in xs) C(x);", "changed-collection", "global::System.Linq.Enumerable.TakeLast(xs, 1)")]
    [InlineData("C([.. xs]);", "changed-collection", "global::System.Linq.Enumerable.Reverse(xs)")]
    [InlineData("B();", "removed-statement", ";")]
    [InlineData("await B();", "forgotten-await", "_ = B();")]
    [InlineData("try { B(); } catch { B(); throw; }", "swallowed-exception", ";")]
    [InlineData("try { B(); } catch { B(); }", "empty-catch", "{ }")]
    [InlineData("while (a) { B(); }", "tried-once", "{ B(); break;}")]
    [InlineData("while (a) { try { B(); } catch { C(1); } }", "tried-for-ever", "true")]
    [InlineData("do { try { B(); } catch { } } while (a);", "tried-for-ever", "true")]
    [InlineData("for (;;) { try { B(); return; } catch (E e) when (e is not F) { C(1); } }", "tried-for-ever", "true")]
    [InlineData("while (true) { try { B(); } catch { if (a) break; } }", "tried-for-ever", ";")]
    [InlineData("B(); C(1);", "swapped-statements", "{ C(1);B(); }")]
    public void Every_kind_changes_what_it_is_about(string code, string kind, string after)
    {
        var mutations = Of($"class P {{ void M() {{ {code} }} }}").Mutations;

        Assert.Contains(
            mutations,
            mutation =>
                mutation.Kind == kind
                && mutation.After.Replace(" ", "", StringComparison.Ordinal) == after.Replace(" ", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Each_kind_has_an_example_here() =>
        Assert.Equal(
            MutationScheme.Kinds.Order(),
            typeof(MutationSchemeTests)
                .GetMethod(nameof(Every_kind_changes_what_it_is_about))!
                .GetCustomAttributes(typeof(InlineDataAttribute), false)
                .Cast<InlineDataAttribute>()
                .Select(each => (string)each.Data[1]!)
                .Distinct()
                .Order()
        );

    [Theory]
    [InlineData("while (a) { B(); }")]
    [InlineData("while (await B()) { C(1); }")]
    [InlineData("while (a) { B(() => { try { C(1); } catch { } }); }")]
    [InlineData("foreach (var x in xs) { try { B(); } catch (E) when (a) { C(1); } if (a) break; }")]
    [InlineData("while (true) { try { B(); } catch (E) when (a) { throw; } }")]
    [InlineData("while (true) { try { B(); } catch { } switch (a) { default: break; } }")]
    public void What_is_not_tried_again_or_is_given_up_by_a_throw_is_not_tried_for_ever(string code) =>
        Assert.DoesNotContain(Of($"class P {{ void M() {{ {code} }} }}").Mutations, mutation => mutation.Kind == "tried-for-ever");

    [Theory]
    [InlineData(
        "class P { [A(1)] void M(int a = 2) { switch (a) { case 3: break; } var b = a is 4; const int c = 5; } const int d = 6; enum E { F = 7 } }"
    )]
    [InlineData("class P { void M() { logger.LogWarning(\"told\"); throw new Exception(\"told\"); } }")]
    [InlineData("class P { void M() { logger.LogWarning(\"told {A}\", a is null && b ? \"told\" : c + 1); } }")]
    [InlineData("class P { void M() { if (!a.B && c > 1) { logger.LogWarning(\"told\"); } B(); logger.LogWarning(\"told\"); C(d); } }")]
    [InlineData("class P { void M() { a.AddB<C>(); a.AddD(e); } }")]
    [InlineData("class P { void M() { a.Start(); a.MapGet(b, c); } }")]
    [InlineData("class P { async ValueTask DisposeAsync() { await a.B(); c.D(1, \"e\"); } }")]
    [InlineData("class P { void M() { a.B = true; a.C = null; } }")]
    [InlineData("class P { object M() { return null; } (object, object) N() { return (null, null); } }")]
    [InlineData("class P { void M() { if (a is { } found && found.B) C(found); } }")]
    public void Where_only_a_constant_may_stand_and_what_is_only_told_stays(string code) =>
        Assert.DoesNotContain(
            Of(code).Mutations,
            mutation =>
                mutation.Kind
                    is "changed-return"
                        or "changed-number"
                        or "empty-text"
                        or "negated-condition"
                        or "weakened-condition"
                        or "swapped-statements"
        );

    [Fact]
    public void The_program_with_its_switches_is_a_program_and_its_mutations_keep_their_keys()
    {
        const string Code = "class P { private const int Most = 64; int M(int a) { if (a < Most && a > 0) { B(); C(a * 2); } return a; } }";

        var scheme = Of(Code);
        var later = Of($"\n// Something else.\n{Code}");

        Assert.Empty(CSharpSyntaxTree.ParseText(scheme.Files[0].Text, cancellationToken: Cancellation).GetDiagnostics(Cancellation));
        Assert.Contains("private static readonly int Most", scheme.Files[0].Text, StringComparison.Ordinal);
        Assert.Equal(scheme.Mutations.Select(mutation => mutation.Key), later.Mutations.Select(mutation => mutation.Key));
        Assert.Equal(scheme.Mutations.Count, scheme.Mutations.Select(mutation => mutation.Key).Distinct().Count());
        Assert.Equal(3, later.Mutations[0].Line);
        Assert.Contains(
            "private const int Most",
            MutationScheme.Of([new SourceFile("P.cs", Code)], None, new HashSet<string> { "Most" }).Files[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_an_error_the_innermost_mutation_around_it_is_at_fault_and_is_left_out_then()
    {
        const string Code = "class P { void M() { if (a > 1) B(); } }";
        var scheme = Of(Code);
        var text = scheme.Files[0].Text;
        var boundary = scheme.Mutations.Single(mutation => mutation.Kind == "moved-boundary");
        var column =
            text.IndexOf(string.Create(CultureInfo.InvariantCulture, $"/*<{boundary.Id}*/"), StringComparison.Ordinal)
            + $"/*<{boundary.Id}*/".Length
            + 1;

        var culprits = new CompileError("P.cs", 1, column).Culprits(text, scheme.Mutations);

        Assert.Equal([boundary.Id], culprits);
        Assert.DoesNotContain(
            MutationScheme.Of([new SourceFile("P.cs", Code)], new HashSet<string> { boundary.Key }, None).Mutations,
            mutation => mutation.Id == boundary.Id
        );
    }

    [Fact]
    public void Of_an_error_outside_any_the_statements_of_the_member_are_at_fault()
    {
        var scheme = Of("class P { int M() { B(); return 1; }\n int N() { B(); return 2; } }");
        var text = scheme.Files[0].Text;

        var culprits = new CompileError("P.cs", 1, text.IndexOf("M()", StringComparison.Ordinal) + 1).Culprits(text, scheme.Mutations);

        Assert.Equal(
            scheme
                .Mutations.Where(mutation => mutation.Line == 1 && mutation.Kind is "removed-statement" or "changed-return")
                .Where(mutation => mutation.Line == 1)
                .Select(mutation => mutation.Id),
            culprits.Order()
        );
    }

    [Fact]
    public void Errors_are_read_out_of_what_MSBuild_writes() =>
        Assert.Equal(
            [new CompileError("/tmp/x/P.cs", 7, 9)],
            CompileError.In(
                "/tmp/x/P.cs(7,9): error CS0165: Use of unassigned local variable 'x' [/tmp/x/P.csproj]\n/tmp/x/P.cs(7,9): error CS0165: Use of unassigned local variable 'x' [/tmp/x/P.csproj]\n/tmp/x/P.cs(8,1): warning CS0162: told [/tmp/x/P.csproj]\n"
            )
        );

    private static MutationScheme Of(string code) => MutationScheme.Of([new SourceFile("P.cs", code)], None, None);
}
