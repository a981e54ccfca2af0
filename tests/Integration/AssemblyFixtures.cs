using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PlatformFixture))]

// One platform: what one test breaks, another would see.
[assembly: Parallelization(Mode = ParallelMode.None)]

[assembly: TestCollectionOrderer(typeof(Verification.Tests.Integration.HarmlessFirst))]
