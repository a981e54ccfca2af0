using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Verification.Mutations.Operators;

/// <summary>Something is not done.</summary>
internal sealed class RemovedStatement : IMutationOperator
{
    public string Kind => "removed-statement";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is ExpressionStatementSyntax statement && !AssignsLocal(statement.Expression) && !Syntax.IsLog(statement)
            ? [EmptyStatement()]
            : [];

    /// <summary>A local without a value is no program.</summary>
    private static bool AssignsLocal(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax or TupleExpressionSyntax or DeclarationExpressionSyntax };
}

/// <summary>Something is begun, and its end is not waited for.</summary>
internal sealed class ForgottenAwait : IMutationOperator
{
    public string Kind => "forgotten-await";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax awaited }
            ? [ParseStatement($"_ = {awaited.Expression.WithoutTrivia()};")]
            : [];
}

/// <summary>An exception is not passed on.</summary>
internal sealed class SwallowedException : IMutationOperator
{
    public string Kind => "swallowed-exception";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) => node is ThrowStatementSyntax ? [EmptyStatement()] : [];
}

/// <summary>What is done about an exception is not done.</summary>
internal sealed class EmptyCatch : IMutationOperator
{
    public string Kind => "empty-catch";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BlockSyntax { Parent: CatchClauseSyntax, Statements: { Count: > 0 } statements }
        && statements.Last() is not (ReturnStatementSyntax or ThrowStatementSyntax)
            ? [Block()]
            : [];
}

/// <summary>What is tried again and again is tried once.</summary>
internal sealed class TriedOnce : IMutationOperator
{
    public string Kind => "tried-once";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node is BlockSyntax { Parent: WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax } block
        && block.Statements.LastOrDefault() is not (ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax)
            ? [block.AddStatements(BreakStatement())]
            : [];
}

/// <summary>What is tried until it is given up is tried for ever: its loop has no bound, nothing that goes wrong leads out of it, or its
/// way out is gone. A throw that gives up is what <see cref="SwallowedException"/> takes out.</summary>
internal sealed class TriedForEver : IMutationOperator
{
    public string Kind => "tried-for-ever";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node switch
        {
            ExpressionSyntax expression when (IsBound(expression) || LeadsOut(expression)) && !Syntax.Declares(expression) =>
            [
                LiteralExpression(SyntaxKind.TrueLiteralExpression),
            ],
            BreakStatementSyntax when IsRetrying(LoopAround(node)) => [EmptyStatement()],
            _ => [],
        };

    private static bool IsBound(ExpressionSyntax expression) =>
        !expression.IsKind(SyntaxKind.TrueLiteralExpression)
        && PartsOf(expression.Parent).Condition == expression
        && IsRetrying(expression.Parent);

    /// <summary>Whether it says of what went wrong that it is tried again: what it does not let in ends the loop.</summary>
    private static bool LeadsOut(ExpressionSyntax expression) =>
        expression.Parent is CatchFilterClauseSyntax { Parent: CatchClauseSyntax caught }
        && caught.Block.Statements.LastOrDefault() is not (ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax)
        && IsRetrying(LoopAround(caught));

    /// <summary>Whether something is tried in a loop: what is awaited there, or may fail.</summary>
    private static bool IsRetrying(SyntaxNode? loop) =>
        PartsOf(loop).Body is { } body
        && body.DescendantNodesAndSelf(inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(inner => inner is AwaitExpressionSyntax or TryStatementSyntax);

    /// <summary>What a <c>break</c> would leave.</summary>
    private static SyntaxNode? LoopAround(SyntaxNode node) =>
        node.Ancestors()
            .TakeWhile(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
            .FirstOrDefault(each =>
                each
                    is WhileStatementSyntax
                        or DoStatementSyntax
                        or ForStatementSyntax
                        or CommonForEachStatementSyntax
                        or SwitchStatementSyntax
            );

    private static (ExpressionSyntax? Condition, StatementSyntax? Body) PartsOf(SyntaxNode? node) =>
        node switch
        {
            WhileStatementSyntax loop => (loop.Condition, loop.Statement),
            DoStatementSyntax loop => (loop.Condition, loop.Statement),
            ForStatementSyntax loop => (loop.Condition, loop.Statement),
            _ => (null, null),
        };
}

/// <summary>Two things are done in the contrary order.</summary>
internal sealed class SwappedStatements : IMutationOperator
{
    public string Kind => "swapped-statements";

    public IEnumerable<SyntaxNode> Of(SyntaxNode node)
    {
        if (node is not BlockSyntax block)
            yield break;
        for (var first = 0; first + 1 < block.Statements.Count; first++)
        {
            if (
                block.Statements[first] is not ExpressionStatementSyntax one
                || block.Statements[first + 1] is not ExpressionStatementSyntax other
                // When a line is logged is promised by nothing.
                || Syntax.IsLog(one)
                || Syntax.IsLog(other)
                || (IsRegistration(one) && IsRegistration(other))
                // Nobody asks before all is there.
                || IsRoute(one)
                || IsRoute(other)
                || (Assigned(one) is { } left && Assigned(other) is { } right && !left.IsEquivalentTo(right, topLevel: false))
                || block.Statements.Any(each => each is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax)
            )
                continue;
            yield return block.WithStatements(block.Statements.Replace(one, other).RemoveAt(first + 1).Insert(first + 1, one));
        }
    }

    /// <summary>In which order things are registered decides nothing.</summary>
    private static bool IsRegistration(ExpressionStatementSyntax statement) => Calls(statement, "Add");

    private static bool IsRoute(ExpressionStatementSyntax statement) => Calls(statement, "Map");

    private static bool Calls(ExpressionStatementSyntax statement, string prefix) =>
        statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } }
        && name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>What is given a literal: of two such the order decides nothing.</summary>
    private static ExpressionSyntax? Assigned(ExpressionStatementSyntax statement) =>
        statement.Expression
            is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: LiteralExpressionSyntax } given
            ? given.Left
            : null;
}
