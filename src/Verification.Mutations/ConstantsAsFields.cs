using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Verification.Mutations;

/// <summary>A constant can't be switched while the program runs: a private one that stands only where a value may becomes a
/// field.</summary>
/// <param name="staying">Names of those that stay constants.</param>
internal sealed class ConstantsAsFields(IReadOnlySet<string> staying) : CSharpSyntaxRewriter
{
    /// <inheritdoc />
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var constant = node.Modifiers.IndexOf(SyntaxKind.ConstKeyword);
        if (
            constant < 0
            || !node.Modifiers.Any(SyntaxKind.PrivateKeyword)
            || node.Parent is not TypeDeclarationSyntax type
            || node.Declaration.Variables is not [var variable]
            || staying.Contains(variable.Identifier.Text)
        )
            return base.VisitFieldDeclaration(node);
        var uses = type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.Text == variable.Identifier.Text);
        if (uses.Any(Syntax.MustBeConstant))
            return base.VisitFieldDeclaration(node);
        var token = node.Modifiers[constant];
        var modifiers = node
            .Modifiers.RemoveAt(constant)
            .InsertRange(
                constant,
                [
                    Token(token.LeadingTrivia, SyntaxKind.StaticKeyword, TriviaList(Space)),
                    Token(TriviaList(), SyntaxKind.ReadOnlyKeyword, token.TrailingTrivia),
                ]
            );
        return node.WithModifiers(modifiers);
    }
}
