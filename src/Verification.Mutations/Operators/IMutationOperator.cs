using Microsoft.CodeAnalysis;

namespace Verification.Mutations.Operators;

/// <summary>A kind of change. It looks at one node, and gives what may stand in its place: an expression for an expression, a statement for
/// a statement.</summary>
internal interface IMutationOperator
{
    /// <summary>Name of the kind.</summary>
    string Kind { get; }

    /// <summary>What may stand in the place of a node; none for most.</summary>
    IEnumerable<SyntaxNode> Of(SyntaxNode node);
}
