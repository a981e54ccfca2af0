using Xunit.v3;

namespace Verification.Testing;

/// <summary>Names an objective that a test measures: the gate chooses tests by it.</summary>
/// <param name="id">Id of the objective in <c>gates.yaml</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ObjectiveAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>Name of the trait.</summary>
    public const string Trait = "objective";

    /// <summary>Id of the objective.</summary>
    public string Id { get; } = id;

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Trait, Id)];
}
