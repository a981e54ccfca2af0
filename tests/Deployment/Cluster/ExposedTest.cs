namespace Verification.Tests.Deployment.Cluster;

/// <summary>A test of the whole environment <c>local</c> that others go on with, but for who takes it all away.</summary>
/// <param name="suite">The run of the assembly.</param>
/// <param name="exposed">What is deployed.</param>
[Collection(ExposedCollection.Name)]
public abstract class ExposedTest(SuiteFixture suite, ExposedFixture exposed) : ExposedPlatformTest(suite, exposed);
