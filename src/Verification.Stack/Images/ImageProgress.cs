namespace Verification.Stack.Images;

/// <summary>One step on the way to an image.</summary>
/// <param name="Component">Component it is for.</param>
/// <param name="Step">What is being done, for people: one phrase.</param>
/// <param name="Elapsed">Since the images were asked for.</param>
public sealed record ImageProgress(string Component, string Step, TimeSpan Elapsed);
