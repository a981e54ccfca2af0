namespace Verification.Infrastructure.Leaks;

/// <summary>What could leak can't be searched on this machine.</summary>
/// <param name="why">What is missing, and what to do, in a sentence.</param>
/// <param name="named">Whether somebody has named it: then it should have been there.</param>
public sealed class LeaksUnknownException(string why, bool named = false) : MissingPartException(why, named, cause: null);
