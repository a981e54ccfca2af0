using Xunit;

namespace Verification.Tests.Unit.Images;

/// <summary>Tests that set variables of the process: they run alone.</summary>
[CollectionDefinition(nameof(EnvironmentVariables), DisableParallelization = true)]
public sealed class EnvironmentVariables;
