using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SuiteFixture))]

// A machine has two cores, and a simulator is of one scenario alone.
[assembly: Parallelization(Mode = ParallelMode.None)]
