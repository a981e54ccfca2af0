using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Verification.Mutations.Operators;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Verification.Mutations;

/// <summary>Puts a switch around each node that can be mutated: awake, what stands in its place; asleep, the node with the switches inside
/// it.</summary>
/// <param name="operators">The kinds of mutation.</param>
/// <param name="register">Told of each mutation; gives null where it is left out.</param>
internal sealed class SchemeRewriter(IReadOnlyList<IMutationOperator> operators, Func<string, SyntaxNode, SyntaxNode, Mutation?> register)
    : CSharpSyntaxRewriter
{
    /// <inheritdoc />
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null)
            return null;
        List<(Mutation Mutation, SyntaxNode After)> mutations =
            node is ExpressionSyntax or StatementSyntax && !IsFixed(node) && !Syntax.IsLogged(node) && !Syntax.IsDisposal(node)
                ?
                [
                    .. operators
                        .SelectMany(each => each.Of(node).Select(after => (Mutation: register(each.Kind, node, after), After: after)))
                        .Where(each => each.Mutation is not null)
                        .Select(each => (each.Mutation!, each.After)),
                ]
                : [];
        return mutations.Aggregate(
            base.Visit(node),
            (asleep, each) =>
                asleep switch
                {
                    ExpressionSyntax expression => Switched(each.Mutation, (ExpressionSyntax)each.After, expression),
                    BlockSyntax block => Switched(each.Mutation, (StatementSyntax)each.After, block),
                    StatementSyntax statement => Switched(each.Mutation, (StatementSyntax)each.After, statement),
                    _ => asleep,
                }
        );
    }

    /// <summary>Whether a switch can't stand in the place of a node.</summary>
    private static bool IsFixed(SyntaxNode node) =>
        Syntax.MustBeConstant(node)
        || node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node
        || node.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
        || node.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } };

    private static ParenthesizedExpressionSyntax Switched(Mutation mutation, ExpressionSyntax awake, ExpressionSyntax asleep) =>
        ParenthesizedExpression(
            Token(TriviaList(asleep.GetLeadingTrivia().Append(Begin(mutation))), SyntaxKind.OpenParenToken, TriviaList()),
            ConditionalExpression(
                On(mutation),
                Token(TriviaList(Space), SyntaxKind.QuestionToken, TriviaList(Space)),
                ParenthesizedExpression(awake),
                Token(TriviaList(Space), SyntaxKind.ColonToken, TriviaList(Space)),
                asleep.WithoutTrivia()
            ),
            Token(TriviaList(), SyntaxKind.CloseParenToken, TriviaList(asleep.GetTrailingTrivia().Prepend(End(mutation))))
        );

    private static BlockSyntax Switched(Mutation mutation, StatementSyntax awake, StatementSyntax asleep) =>
        Block(
            Token(TriviaList(asleep.GetLeadingTrivia().Append(Begin(mutation))), SyntaxKind.OpenBraceToken, TriviaList()),
            SingletonList<StatementSyntax>(
                IfStatement(
                    On(mutation),
                    Block(awake.WithoutTrivia()),
                    ElseClause(Block(asleep.WithoutTrivia()))
                        .WithElseKeyword(Token(TriviaList(Space), SyntaxKind.ElseKeyword, TriviaList(Space)))
                )
            ),
            Token(TriviaList(), SyntaxKind.CloseBraceToken, TriviaList(asleep.GetTrailingTrivia().Prepend(End(mutation))))
        );

    private static ExpressionSyntax On(Mutation mutation) =>
        ParseExpression(string.Create(CultureInfo.InvariantCulture, $"global::SportBuff.Mutations.On({mutation.Id})"));

    private static SyntaxTrivia Begin(Mutation mutation) => Comment(string.Create(CultureInfo.InvariantCulture, $"/*<{mutation.Id}*/"));

    private static SyntaxTrivia End(Mutation mutation) => Comment(string.Create(CultureInfo.InvariantCulture, $"/*{mutation.Id}>*/"));
}
