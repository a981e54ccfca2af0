using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Verification.Mutations;

/// <summary>What of a program may stand beside a switch.</summary>
internal static class Syntax
{
    /// <summary>Whether an expression gives names to values: then it can't stand there twice.</summary>
    public static bool Declares(ExpressionSyntax expression) =>
        expression
            .DescendantNodesAndSelf()
            .Any(node => node is DeclarationExpressionSyntax or SingleVariableDesignationSyntax or ParenthesizedVariableDesignationSyntax);

    /// <summary>Whether a node stands where only a constant may: an attribute, a pattern, a label, a default, a constant.</summary>
    public static bool MustBeConstant(SyntaxNode node) =>
        node.Ancestors()
            .TakeWhile(each => each is not StatementSyntax)
            .Any(each =>
                each is AttributeSyntax or PatternSyntax or SwitchLabelSyntax or EnumMemberDeclarationSyntax
                || (each is ParameterSyntax { Default: not null })
                || (each is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
            ) || node.FirstAncestorOrSelf<StatementSyntax>() is LocalDeclarationStatementSyntax { IsConst: true };

    /// <summary>Code on one line.</summary>
    public static string OneLine(SyntaxNode node) =>
        string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
