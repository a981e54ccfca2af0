using Verification.Gate.Benches;
using Verification.Gate.Judging;
using Verification.Gate.Mutants;
using Verification.Gate.Platform;

namespace Verification.Gate;

/// <summary>What the commands are put together from. A part that is not there makes its commands say so.</summary>
internal sealed record GateParts
{
    public ICourt? Court { get; init; }

    public IPlatform? Platform { get; init; }

    public IMutantRunner? Mutants { get; init; }

    public BenchRegistry Benches { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ICourt NeedCourt() => Court ?? throw new PartMissingException("judge");

    public IPlatform NeedPlatform() => Platform ?? throw new PartMissingException("platform");

    public IMutantRunner NeedMutants() => Mutants ?? throw new PartMissingException("mutants");
}

/// <summary>A part of the program is not in this build.</summary>
internal sealed class PartMissingException(string part) : Exception($"this build has no {part} yet; take a later one.");
