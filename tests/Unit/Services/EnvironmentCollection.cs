using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>Tests that set variables of this process: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection
{
    public const string Name = "environment";
}
