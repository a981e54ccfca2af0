using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PlatformFixture))]

// One platform: what one scenario asks of it, another would measure.
[assembly: Parallelization(Mode = ParallelMode.None)]

[assembly: TestCollectionOrderer(typeof(Verification.Tests.Logging.HarmlessFirst))]
