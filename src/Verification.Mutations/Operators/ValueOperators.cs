using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Verification.Mutations.Operators;

/// <summary>A number is off by one, or half as large.</summary>
internal sealed class ChangedNumber : IMutationOperator
{
    public string Kind => "changed-number";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node)
    {
        if (node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.NumericLiteralExpression))
            yield break;
        yield return ParseExpression($"({literal.Token.Text} + 1)");
        if (literal.Token.Value is int value and > 1)
            yield return ParseExpression($"{value / 2}");
    }
}

/// <summary>A sum is a difference, a product a quotient.</summary>
internal sealed class ChangedArithmetic : IMutationOperator
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind> Others = new()
    {
        [SyntaxKind.AddExpression] = SyntaxKind.SubtractExpression,
        [SyntaxKind.SubtractExpression] = SyntaxKind.AddExpression,
        [SyntaxKind.MultiplyExpression] = SyntaxKind.DivideExpression,
        [SyntaxKind.DivideExpression] = SyntaxKind.MultiplyExpression,
    };

    public string Kind => "changed-arithmetic";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BinaryExpressionSyntax binary && Others.TryGetValue(binary.Kind(), out var other)
            ? [BinaryExpression(other, binary.Left.WithoutTrivia(), binary.Right.WithoutTrivia()).NormalizeWhitespace()]
            : [];
}

/// <summary>A text is empty.</summary>
internal sealed class EmptyText : IMutationOperator
{
    /// <summary>What is only read by people, and whose words nothing promises.</summary>
    private static readonly string[] Told = ["Log", "CreateCounter", "CreateGauge", "CreateHistogram", "Refuse", "Exception"];

    public string Kind => "empty-text";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression)
        && literal.Token.ValueText.Length > 0
        && !IsTold(literal)
            ? [ParseExpression("\"\"")]
            : [];

    private static bool IsTold(LiteralExpressionSyntax literal) =>
        literal.Parent is ArgumentSyntax { Parent.Parent: { } call }
        && call switch
        {
            InvocationExpressionSyntax { Expression: var called } => IsTold(
                called is MemberAccessExpressionSyntax member ? member.Name.ToString() : called.ToString()
            ),
            ObjectCreationExpressionSyntax { Type: var type } => IsTold(type.ToString()),
            PrimaryConstructorBaseTypeSyntax { Type: var type } => IsTold(type.ToString()),
            _ => false,
        };

    private static bool IsTold(string name) =>
        Array.Exists(Told, told => name.StartsWith(told, StringComparison.Ordinal) || name.EndsWith(told, StringComparison.Ordinal));
}

/// <summary>A time-out never ends.</summary>
internal sealed class EndlessTime : IMutationOperator
{
    public string Kind => "endless-time";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "TimeSpan" } }
            }
            ? [ParseExpression("global::System.Threading.Timeout.InfiniteTimeSpan")]
            : [];
}

/// <summary>What is given back is nothing, or the contrary.</summary>
internal sealed class ChangedReturn : IMutationOperator
{
    public string Kind => "changed-return";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node
            is ExpressionSyntax
            {
                Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax }
            } expression
        && !Syntax.Declares(expression)
        && !IsDefault(expression)
            ?
            [
                .. (
                    expression.Kind()
                        is SyntaxKind.TrueLiteralExpression
                            or SyntaxKind.FalseLiteralExpression
                            or SyntaxKind.IsPatternExpression
                            or SyntaxKind.LogicalNotExpression
                        ? (ExpressionSyntax[])
                            [PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(expression.WithoutTrivia()))]
                        : [ParseExpression("default!")]
                ),
            ]
            : [];

    private static bool IsDefault(ExpressionSyntax expression) =>
        expression.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression
        || expression.ToString() == "0"
        || (expression is TupleExpressionSyntax tuple && tuple.Arguments.All(argument => IsDefault(argument.Expression)));
}

/// <summary>Of a value and what stands for it where it is missing only one is taken.</summary>
internal sealed class ForgottenFallback : IMutationOperator
{
    public string Kind => "forgotten-fallback";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BinaryExpressionSyntax binary && binary.IsKind(SyntaxKind.CoalesceExpression) && binary.Right is not ThrowExpressionSyntax
            ? [ParseExpression($"({binary.Left.WithoutTrivia()})!"), binary.Right.WithoutTrivia()]
            : [];
}

/// <summary>Of several only the first, only the last, all but the first, each once, or in the contrary order.</summary>
internal sealed class ChangedCollection : IMutationOperator
{
    private const string Linq = "global::System.Linq.Enumerable";

    public string Kind => "changed-collection";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is ExpressionSyntax expression && IsRead(expression)
            ?
            [
                Call("Take", expression, ", 1"),
                Call("TakeLast", expression, ", 1"),
                Call("Skip", expression, ", 1"),
                Call("Distinct", expression, ""),
                Call("Reverse", expression, ""),
            ]
            : [];

    private static bool IsRead(ExpressionSyntax expression) =>
        expression.Parent is SpreadElementSyntax
        || (expression.Parent is ForEachStatementSyntax { AwaitKeyword.RawKind: 0 } loop && loop.Expression == expression);

    private static ExpressionSyntax Call(string method, ExpressionSyntax of, string more) =>
        ParseExpression($"{Linq}.{method}({of.WithoutTrivia()}{more})");
}
