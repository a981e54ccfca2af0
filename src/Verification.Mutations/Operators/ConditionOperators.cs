using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Verification.Mutations.Operators;

/// <summary>A condition is turned round.</summary>
internal sealed class NegatedCondition : IMutationOperator
{
    public string Kind => "negated-condition";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is ExpressionSyntax expression && IsCondition(expression) && !Syntax.Declares(expression)
            ? [PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(expression.WithoutTrivia()))]
            : [];

    private static bool IsCondition(ExpressionSyntax expression) =>
        expression.Parent switch
        {
            IfStatementSyntax parent => parent.Condition == expression,
            WhileStatementSyntax parent => parent.Condition == expression,
            ForStatementSyntax parent => parent.Condition == expression,
            ConditionalExpressionSyntax parent => parent.Condition == expression,
            CatchFilterClauseSyntax => true,
            _ => false,
        };
}

/// <summary>Of two conditions that both must hold, or of which one must, one is forgotten.</summary>
internal sealed class WeakenedCondition : IMutationOperator
{
    public string Kind => "weakened-condition";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BinaryExpressionSyntax binary
        && node.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression
        && !Syntax.Declares((ExpressionSyntax)node)
            ? [((BinaryExpressionSyntax)node).Left.WithoutTrivia(), ((BinaryExpressionSyntax)node).Right.WithoutTrivia()]
            : [];
}

/// <summary>A comparison is off by one, or turned round.</summary>
internal sealed class MovedBoundary : IMutationOperator
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind> Others = new()
    {
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.EqualsExpression] = SyntaxKind.NotEqualsExpression,
        [SyntaxKind.NotEqualsExpression] = SyntaxKind.EqualsExpression,
    };

    public string Kind => "moved-boundary";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BinaryExpressionSyntax binary && Others.TryGetValue(binary.Kind(), out var other) && !Syntax.Declares(binary)
            ? [BinaryExpression(other, binary.Left.WithoutTrailingTrivia(), binary.Right.WithoutLeadingTrivia()).NormalizeWhitespace()]
            : [];
}
