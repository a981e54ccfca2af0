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

    /// <summary>Whether a node only has a part in what is logged, or in whether it is: nothing promises those words.</summary>
    public static bool IsLogged(SyntaxNode node) =>
        node.AncestorsAndSelf()
            .Any(each =>
                each is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && IsLog(call)
                || each is ExpressionSyntax { Parent: IfStatementSyntax { Else: null } only }
                    && only.Condition == each
                    && IsLog(only.Statement)
            );

    /// <summary>Whether a node has only a part in what is given back at the end: the process ends with it.</summary>
    public static bool IsDisposal(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.Text: "Dispose" or "DisposeAsync" };

    /// <summary>Whether a statement does nothing but log.</summary>
    public static bool IsLog(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && IsLog(call)
        || statement is BlockSyntax { Statements: [var only] } && IsLog(only);

    private static bool IsLog(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name }
        && name.StartsWith("Log", StringComparison.Ordinal);

    /// <summary>Code on one line.</summary>
    public static string OneLine(SyntaxNode node) =>
        string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
