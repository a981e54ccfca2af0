namespace Verification.Tests.Deployment.Cluster;

/// <summary>A test of the whole environment <c>local</c> that <c>./verify deploy</c> has, too: what is deployed goes through all that a
/// deployment does, and is taken away at last.</summary>
/// <param name="suite">The run of the assembly.</param>
/// <param name="exposed">What is deployed.</param>
[Collection(WholeCollection.Name)]
public abstract class WholeTest(SuiteFixture suite, ExposedFixture exposed) : ExposedPlatformTest(suite, exposed);
