"""Gravity where the covariates mark a few rows of many: no matrix of covariates is held."""
