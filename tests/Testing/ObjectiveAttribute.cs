using Xunit.v3;

namespace Verification.Testing;

/// <summary>Names an objective that a test measures: the gate chooses tests by it.</summary>
/// <param name="id">Id of the objective in <c>gates.yaml</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ObjectiveAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>Name of the trait.</summary>
    public const string Trait = "objective";

    /// <summary>Name of the trait of those that only answers say something of.</summary>
    internal const string AnswersTrait = "objective of answers";

    /// <summary>Id of the objective.</summary>
    public string Id { get; } = id;

    /// <summary>Whether it is about what answers say, as that no list is a lie: where a state does not come and nothing was answered,
    /// nothing is known of it.</summary>
    public bool OfAnswers { get; init; }

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        OfAnswers ? [new(Trait, Id), new(AnswersTrait, Id)] : [new(Trait, Id)];
}
