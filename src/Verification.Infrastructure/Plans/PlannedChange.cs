namespace Verification.Infrastructure.Plans;

/// <summary>A resource that a plan would change.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Type">Its type.</param>
/// <param name="Actions">What would be done: <c>create</c>, <c>update</c>, <c>delete</c>.</param>
/// <param name="Paths">The attributes that would differ, each a path with dots; none for one that is only made or goes. Of one that is made
/// anew, what is known only afterwards is no reason and is left out.</param>
public sealed record PlannedChange(string Address, string Type, IReadOnlyList<string> Actions, IReadOnlyList<string> Paths)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Address}: {string.Join(" and ", Actions)}{(Paths.Count > 0 ? $" ({string.Join(", ", Paths)})" : string.Empty)}";
}
