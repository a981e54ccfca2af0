using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SuiteFixture))]

// One cluster at a time: what one scenario asks of the machine, another would measure.
[assembly: Parallelization(Mode = ParallelMode.None)]
