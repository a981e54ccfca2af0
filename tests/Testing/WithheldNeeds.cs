using Verification.Stack;

namespace Verification.Testing;

/// <summary>What objectives need of a stack and are not given there: nothing may break a stack that is not the run's own, and nothing is
/// posted where somebody only reads.</summary>
public static class WithheldNeeds
{
    /// <summary>Why nothing of some objectives can be known.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="isReadOnly">Whether nothing may be posted there.</param>
    /// <param name="needs">What the objectives need.</param>
    /// <returns>One phrase; null where nothing that they need is withheld.</returns>
    public static string? Of(StackDescription stack, bool isReadOnly, IEnumerable<string> needs)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var withheld = new List<string>();
        if (!stack.Capabilities.Contains(StackDescription.DestructiveCapability))
            withheld.Add(StackDescription.DestructiveCapability);
        if (isReadOnly)
            withheld.Add(StackDescription.WriteCapability);
        var lacking = needs.Intersect(withheld, StringComparer.Ordinal).ToList();
        return lacking.Count == 0
            ? null
            : $"needs: {string.Join(", ", lacking)}, and the stack {stack.Run} may not be {(lacking.Contains(StackDescription.WriteCapability) ? "posted to" : "changed")}";
    }
}
