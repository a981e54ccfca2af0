using Verification.Stack;

namespace Verification.Gate.Mutants;

/// <summary>What mutants must share to be measured against the same run without a defect.</summary>
/// <param name="Profile">The first profile that asks for their objective.</param>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Suites">Names of the suites that measure it: whoever is ended has not waited for what others are measured against.</param>
internal readonly record struct MutantGroup(string Profile, BrokerKind Broker, string Suites);
